// SPDX-License-Identifier: MIT
// Says what an ignored label and the weight of a class mean for a row against a label: whether it
// counts, and by what its results are multiplied.
#pragma once

#include <cmath>
#include <cstddef>

#include <xent/problem.hpp>

namespace xent::impl {

/// The label of a row, as the options take it.
struct RowLabel {
  std::ptrdiff_t y = 0;     // 0 where the row is ignored, since its label may be no class
  double w = 1;             // the factor of loss and gradient
  bool is_ignored = false;  // loss and gradient are 0

  /// Tells whether the row function of labels computes the loss and the gradient.
  bool is_computed() const noexcept { return !is_ignored && std::isfinite(w); }
};

/// Returns the label of row i. With label smoothing w is 1: the weights are in the coefficients.
template <class T, class Index>
RowLabel row_label(const Problem<T>& problem, const Labels<Index>& labels,
                   std::ptrdiff_t i) noexcept {
  if (problem.options.ignore_index == labels[i]) return {.is_ignored = true};
  RowLabel label{.y = static_cast<std::ptrdiff_t>(labels[i])};
  if (problem.weight.data != nullptr && problem.options.label_smoothing == 0)
    label.w = static_cast<double>(problem.weight[label.y]);
  return label;
}

}  // namespace xent::impl
