// SPDX-License-Identifier: MIT
// The divisor D of a mean, as a pair: counts are exact, sums of weights err by 2^-90 of their size.
#pragma once

#include <cstddef>

#include <xent/problem.hpp>

#include "impl/driver/loss_sum.hpp"

namespace xent::impl {

/// What the losses of the rows are divided by: 1, or the sum of the weights of the labels that
/// count.
template <class T, class Index>
Pair divisor_of(const Problem<T>& problem, const Labels<Index>& labels) noexcept {
  if (problem.options.reduction != Reduction::mean) return exactly(1);
  LossSum sum;
  std::ptrdiff_t kept = 0;
  const auto ignored = problem.options.ignore_index;
  const bool weighted = problem.weight.data != nullptr;
  for (std::ptrdiff_t i = 0; (weighted || ignored) && i < labels.size; ++i) {
    if (ignored == labels[i]) continue;
    ++kept;
    if (weighted)
      sum.add_row(
          exactly(static_cast<double>(problem.weight[static_cast<std::ptrdiff_t>(labels[i])])));
  }
  if (weighted) return unscaled(sum.total());
  return exactly(static_cast<double>(ignored ? kept : labels.size));
}

/// Soft targets: N.
template <class T>
Pair divisor_of(const Problem<T>& problem) noexcept {
  const bool mean = problem.options.reduction == Reduction::mean;
  return exactly(mean ? static_cast<double>(problem.logits.rows) : 1);
}

}  // namespace xent::impl
