// SPDX-License-Identifier: MIT
// Form: what is computed from the logits of a shape.
#pragma once

#include <string>

#include <xent/problem.hpp>

#include "cases/case.hpp"

namespace xent::bench {

/// The ignored label where rows are ignored.
inline constexpr std::int64_t ignored_label = -100;

/// The targets of a problem and its options. Of `options` the numbers count: its reduction is that
/// of the plan, and its ignored label follows from `ignored`.
struct Form {
  cases::TargetKind targets = cases::TargetKind::labels;
  bool weighted = false;      // each class has a weight, from 1/2 to 3/2
  bool row_weighted = false;  // each row has one, from 1/2 to 3/2
  double ignored = 0;         // the share of the rows that have the ignored label, from 0 to 1
  Options options = {};
};

/// The form as the part of a recipe that says what the targets are (cases/case.hpp), but with the
/// share of the ignored rows: "labels", "probs+weight+smoothing=0.1", "labels+ignore=0.3".
std::string to_string(const Form& form);

/// Throws InvalidProblem where rows are ignored that have no labels, or another share than 0 to 1.
/// What else is no form, the problem that is made of it tells.
void validate_ignored(const Form& form);

}  // namespace xent::bench
