// SPDX-License-Identifier: MIT
// The divisor of a mean, as a pair: counts are exact, and sums of weights err by 2^-90 of the sum
// of their magnitudes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <xent/problem.hpp>

#include "impl/driver/loss_sum.hpp"

namespace xent::impl {

/// Returns the number of labels that are not ignored.
template <class Index>
std::ptrdiff_t kept_labels(const Labels<Index>& labels, std::int64_t ignored) noexcept {
  std::ptrdiff_t kept = 0;
  for (std::ptrdiff_t i = 0; i < labels.size; ++i) kept += labels[i] != ignored ? 1 : 0;
  return kept;
}

/// Returns the sum of the weights of the labels that are not ignored.
template <class T, class Index>
Pair sum_of_weights(const Problem<T>& problem, const Labels<Index>& labels) noexcept {
  constexpr std::ptrdiff_t together = 64;
  LossSum sum;
  for (std::ptrdiff_t begin = 0; begin < labels.size; begin += together) {
    const auto count = static_cast<int>(std::min(together, labels.size - begin));
    double weights[together];
    for (int k = 0; k < count; ++k) {
      const Index y = labels[begin + k];
      const bool counts = problem.options.ignore_index != y;
      weights[k] = counts ? static_cast<double>(problem.weight[static_cast<std::ptrdiff_t>(y)]) : 0;
    }
    sum.add_rows<double>([&](int k) { return ScaledPair{exactly(weights[k])}; }, count);
  }
  return unscaled(sum.total());
}

/// Returns what the sum of the losses is divided by: for a mean the sum of w_y over the rows that
/// are not ignored, or their number where there are no weights; else 1.
template <class T, class Index>
Pair divisor_of(const Problem<T>& problem, const Labels<Index>& labels) noexcept {
  if (problem.options.reduction != Reduction::mean) return exactly(1);
  if (problem.weight.data != nullptr) return sum_of_weights(problem, labels);
  const auto ignored = problem.options.ignore_index;
  return exactly(static_cast<double>(ignored ? kept_labels(labels, *ignored) : labels.size));
}

/// Returns the same for probabilities and csr: N for a mean, else 1.
template <class T>
Pair divisor_of(const Problem<T>& problem) noexcept {
  const bool mean = problem.options.reduction == Reduction::mean;
  return exactly(mean ? static_cast<double>(problem.logits.rows) : 1);
}

}  // namespace xent::impl
