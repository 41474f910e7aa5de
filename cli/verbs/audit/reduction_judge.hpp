// SPDX-License-Identifier: MIT
// Judges the results of one reduction: by the textbook's bounds in the rows that these cover, and
// without bounds in the others.
#pragma once

#include <vector>

#include <xent/any_problem.hpp>

#include "cli/verbs/audit/textbook.hpp"
#include "reference/judging/judge.hpp"
#include "reference/judging/outside_domain.hpp"

namespace xent::cli {

/// The results of one reduction, judged.
struct ReductionJudgement {
  reference::Judgement all;       // by the textbook's bounds, sums as they mostly are
  reference::Judgement outside;   // of `all`, in rows outside the bounds' domain; count 0: none
  reference::Judgement at_worst;  // by the bounds with sums at their worst; count 0: not needed
};

/// `use` has the types of the results, and `options` all but the rows.
ReductionJudgement judge_reduction(const AnyProblem& problem, const AnyOutputs& got,
                                   const reference::OutsideRows& outside, const TextbookUse& use,
                                   const reference::JudgeOptions& options);

}  // namespace xent::cli
