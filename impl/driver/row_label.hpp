// SPDX-License-Identifier: MIT
// Says what an ignored label and the weight of a class mean for a row against a label: whether it
// counts, by what its results are multiplied, and what is written where it does not count or its
// weight is infinite or NaN.
#pragma once

#include <cmath>
#include <cstddef>

#include <xent/problem.hpp>

#include "impl/driver/infinite_weight.hpp"
#include "impl/driver/reduced.hpp"

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

/// Puts the results of row i, whose logits are x, into the reduction. loss(row_outputs) returns its
/// loss; it is called where the label is_computed(), and has written the gradient or writes it
/// then. Elsewhere the gradient is written here, after log_sum_exp(row_outputs) has written the
/// log-sum-exp; those outputs have no gradient.
template <class T, class Loss, class LogSumExp>
void put_row(const Reduced<T>& reduced, std::ptrdiff_t i, const RowLabel& label,
             VectorView<const T> x, LossSum& sum, Loss loss, LogSumExp log_sum_exp) noexcept {
  const RowOutputs<T> out = reduced.outputs(i);
  if (label.is_computed()) return reduced.put(i, loss(out), out.g, sum);
  if (out.lse != nullptr) log_sum_exp(RowOutputs<T>{.lse = out.lse, .threads = out.threads});
  if (label.is_ignored) return reduced.put_nothing(i, out.g, sum);
  const double infinite = row_of_infinite_weight(x, label.y, label.w, out.g);
  reduced.put(i, {exactly(infinite)}, out.g, sum);
}

}  // namespace xent::impl
