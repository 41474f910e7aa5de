// SPDX-License-Identifier: MIT
// OneRow: a problem of one row that owns its data, and its enclosure, for tests of the reference.
#pragma once

#include <vector>

#include <xent/any_problem.hpp>

#include "reference/oracle.hpp"

namespace xent::tests {

/// Targets are `probs` where there are any, else the label.
template <class T>
struct OneRow {
  std::vector<T> logits;
  std::int64_t label = 0;
  std::vector<T> probs = {};

  std::ptrdiff_t classes() const { return std::ssize(logits); }

  /// Views into this row, which must stay where it is.
  Problem<T> problem() const {
    const auto rows = [this](const std::vector<T>& values) {
      return row_major<const T>(values.data(), 1, classes());
    };
    return {.logits = rows(logits),
            .targets = probs.empty() ? Targets<T>(Labels<std::int64_t>{&label, 1, 1})
                                     : Targets<T>(rows(probs)),
            .options = {.reduction = Reduction::none}};
  }
};

/// The enclosure of a problem's row, and the row that it is of.
struct HeldRow {
  reference::RowProblem row;
};
template <class N>
class EnclosedRow : HeldRow, public reference::RowEnclosure<N> {
 public:
  EnclosedRow(const AnyProblem& problem, std::ptrdiff_t i, bool with_gradient = true)
      : HeldRow{reference::row_problem(problem, i)},
        reference::RowEnclosure<N>(HeldRow::row, with_gradient) {}
};

}  // namespace xent::tests
