// SPDX-License-Identifier: MIT
// Puts the results of a row against a label into the reduction, also where the row is ignored and
// where its weight is infinite or NaN.
#pragma once

#include <cstddef>

#include "impl/driver/nonfinite_weight.hpp"
#include "impl/driver/reduced.hpp"
#include "impl/driver/row_label.hpp"

namespace xent::impl {

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
  const Options& options = reduced.options();
  const double loss_times_w =
      is_given(options) ? given_row_of_nonfinite_weight(options, x, label.y, label.w, out.g)
                        : row_of_nonfinite_weight(x, label.y, label.w, out.g);
  reduced.put(i, {exactly(loss_times_w)}, out.g, sum);
}

}  // namespace xent::impl
