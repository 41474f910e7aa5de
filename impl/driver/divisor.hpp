// SPDX-License-Identifier: MIT
// The divisor of a mean, as a pair: counts are exact, and sums of weights err by 2^-90 of the sum
// of their magnitudes.
#pragma once

#include <cstddef>

#include <xent/problem.hpp>

#include "impl/driver/loss_sum.hpp"

namespace xent::impl {

/// Returns what the sum of the losses is divided by: for a mean the sum of w_y over the rows that
/// are not ignored, or their number where there are no weights; else 1.
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

/// Returns the same for probabilities and csr: N for a mean, else 1.
template <class T>
Pair divisor_of(const Problem<T>& problem) noexcept {
  const bool mean = problem.options.reduction == Reduction::mean;
  return exactly(mean ? static_cast<double>(problem.logits.rows) : 1);
}

}  // namespace xent::impl
