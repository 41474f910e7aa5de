// SPDX-License-Identifier: MIT
// Judges the results of one reduction.

#include "cli/verbs/audit/reduction_judge.hpp"

#include <algorithm>
#include <cstddef>

namespace xent::cli {
namespace {

using reference::Judgement;
using reference::JudgeOptions;
using reference::OutsideRows;

std::vector<std::ptrdiff_t> rows_but(const std::vector<std::ptrdiff_t>& excluded,
                                     std::ptrdiff_t rows) {
  std::vector<std::ptrdiff_t> others;
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    if (!std::binary_search(excluded.begin(), excluded.end(), i)) others.push_back(i);
  return others;
}

void add(Judgement& total, const Judgement& more) {
  for (ErrorStats Judgement::*part : {&Judgement::loss, &Judgement::grad, &Judgement::grad_at_label,
                                      &Judgement::lse, &Judgement::log_softmax})
    reference::merge(total.*part, more.*part);
}

bool is_over(const Judgement& judgement) {
  return std::max({judgement.loss.over_bound, judgement.grad.over_bound,
                   judgement.grad_at_label.over_bound, judgement.lse.over_bound,
                   judgement.log_softmax.over_bound}) > 0;
}

/// The results, a reduced loss among them, by the bounds in all rows.
Judgement judge_covered(const AnyProblem& problem, const AnyOutputs& got,
                        const std::vector<std::ptrdiff_t>& rows, TextbookUse use, SumError sums,
                        JudgeOptions options) {
  use.sums = sums;
  options.rows = rows;
  return reference::judge(problem, got, textbook_bounds(problem, use), options);
}

/// The results of these rows, without a bound.
Judgement judge_outside(const AnyProblem& problem, const AnyOutputs& got,
                        const OutsideRows& outside, JudgeOptions options) {
  options.rows = outside.rows;
  return reference::judge(problem, got, {}, options);
}

}  // namespace

ReductionJudgement judge_reduction(const AnyProblem& problem, const AnyOutputs& got,
                                   const OutsideRows& outside, const TextbookUse& use,
                                   const JudgeOptions& options) {
  ReductionJudgement found;
  AnyOutputs covered = got;
  if (!outside.rows.empty()) {  // of a reduced loss all rows count
    found.outside = judge_outside(problem, got, outside, options);
    if (problem.options.reduction != Reduction::none) covered.loss = {};
  }
  const std::vector<std::ptrdiff_t> rows = outside.rows.empty()
                                               ? std::vector<std::ptrdiff_t>()
                                               : rows_but(outside.rows, problem.logits.rows());
  if (outside.rows.empty() || !rows.empty()) {
    found.all = judge_covered(problem, covered, rows, use, SumError::statistical, options);
    if (is_over(found.all))
      found.at_worst = judge_covered(problem, covered, rows, use, SumError::worst_case, options);
  }
  add(found.all, found.outside);
  return found;
}

}  // namespace xent::cli
