// SPDX-License-Identifier: MIT
// The state of a row in the next wider type W: the maximum m = x_a, a one argmax, and
//
//   R = sum_{j != a} exp(x_j - m)
//
// The rounding of x_j - m is kept (two-sum) and multiplied in: in long double that of a difference
// of 700 would be 2^-64 x 700, a third of u of f64.
//
// Error, in the unit roundoff of W: a term 10.1, R 10.1 + 1 + log2 C. Proof: docs/error_bounds.md,
// lemma 41 (widened: R and its logarithm).
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>

#include <xent/view.hpp>

#include "impl/arithmetic/pair.hpp"
#include "impl/arithmetic/pairwise_sum.hpp"
#include "impl/arithmetic/scaled_pair.hpp"

namespace xent::impl {

/// The type W: double for f32 and 16-bit logits, long double for f64.
template <class T>
using Wide = std::conditional_t<sizeof(T) == 8, long double, double>;

static_assert(std::numeric_limits<long double>::digits >= 64 &&
                  std::numeric_limits<long double>::max_exponent > 2048,
              "long double has to be wider than double by 11 bits, and in range");

/// Returns x rounded once to W.
template <class W>
W wide_of(Pair x) noexcept {
  return static_cast<W>(x.hi) + static_cast<W>(x.lo);
}

/// Returns x, a double or a long double of 64 bits, as a pair, exactly where nothing underflows or
/// overflows.
template <class W>
Pair pair_of(W x) noexcept {
  const auto hi = static_cast<double>(x);
  if (!std::isfinite(hi)) return {hi, 0};
  return {hi, static_cast<double>(x - static_cast<W>(hi))};
}

/// Returns x as a scaled pair, also where it is tiny or beyond the range of double.
template <class W>
ScaledPair scaled_pair_of(W x) noexcept {
  if (std::abs(x) < W{0x1p-400}) return {pair_of(x / static_cast<W>(tiny_unit)), tiny_unit};
  if (!std::isfinite(x) || std::abs(x) <= W{0x1p1000}) return {pair_of(x)};
  return {pair_of(x / static_cast<W>(huge_unit)), huge_unit};
}

/// The maximum of a row and the sum of its other terms.
template <class W>
struct WideRow {
  W m = -std::numeric_limits<W>::infinity();
  std::ptrdiff_t argmax = -1;
  W tail = 0;  // R

  /// False for a row with NaN or +inf, or without a finite logit: its loss and gradient are NaN.
  bool is_number() const noexcept { return std::isfinite(m) && !std::isnan(tail); }

  /// Returns exp(x - m), for x <= m or NaN.
  W exp(W x) const noexcept {
    const W d = x - m;
    if (d == -std::numeric_limits<W>::infinity()) return 0;
    const W m_part = x - d;
    const W rest = (x - (d + m_part)) + (m_part - m);
    return std::exp(d) * (1 + rest);
  }

  /// Returns n_j = sum_{k != j} exp(x_k - m): R where j is the argmax, else 1 + (R - e_j).
  W others(std::ptrdiff_t j, W e_j) const noexcept { return j == argmax ? tail : 1 + (tail - e_j); }
};

/// Returns the state of row x, in two passes over it.
template <class W, class Row>
WideRow<W> wide_row(Row x) noexcept {
  WideRow<W> row;
  for (std::ptrdiff_t j = 0; j < x.size; ++j) {
    const W x_j = x[j];
    if (x_j > row.m) {
      row.m = x_j;
      row.argmax = j;
    }
  }
  if (!std::isfinite(row.m)) return row;
  PairwiseSum<W> tail;
  for (std::ptrdiff_t j = 0; j < x.size; ++j)
    if (j != row.argmax) tail.add(row.exp(x[j]));
  row.tail = tail.total();
  return row;
}

}  // namespace xent::impl
