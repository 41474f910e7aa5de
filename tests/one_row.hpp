// SPDX-License-Identifier: MIT
// OneRow: a problem of one row that owns its data, for tests of the reference.
#pragma once

#include <vector>

#include <xent/problem.hpp>

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
    Problem<T> p{.logits = row_major<const T>(logits.data(), 1, classes()),
                 .targets = Labels<std::int64_t>{&label, 1, 1},
                 .options = {.reduction = Reduction::none}};
    if (!probs.empty()) p.targets = row_major<const T>(probs.data(), 1, classes());
    return p;
  }
};

}  // namespace xent::tests
