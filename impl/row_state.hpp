// SPDX-License-Identifier: MIT
// The state of a row, and what follows from it without cancellation. With a one argmax,
//
//   m = x_a,   R = sum_{j != a} exp(x_j - m),   l = log1p(R)
//   labels:  loss = (m - x_y) + l                         two terms >= 0
//            g_y = -n / (1 + R),  n = R if y = a, else 1 + (R - exp(x_y - m));  never p_y - 1
//   soft:    loss = sum_j c_j (m - x_j)  +  l sum_j c_j
//
// R spans more orders of magnitude than the type: it is kept as a Pair times 2^256.
//
// Error: what is computed here errs by less than 2^-60 relative (2^-50 where log1p is that of
// double), besides what R itself errs. Proof: docs/error_bounds.md, "From the state to the loss".
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include "impl/pair.hpp"
#include "impl/scaled_pair.hpp"

namespace xent::impl {

inline constexpr double tail_scale = 0x1p256;

struct RowState {
  double m = -std::numeric_limits<double>::infinity();  // the maximum; -inf: no finite logit yet
  std::ptrdiff_t argmax = -1;
  Pair tail;  // 2^256 R

  /// False for a row with NaN or +inf, or without a finite logit: its loss and gradient are NaN.
  bool is_number() const noexcept { return std::isfinite(m) && !std::isnan(tail.hi); }
};

/// l = log1p(R). For T = double by the logarithm of long double: its own error must be far below
/// that of one rounding to double.
template <class T>
ScaledPair log1p_tail(const RowState& row) noexcept {
  static_assert(std::numeric_limits<long double>::digits >= 64, "log1p needs 64 bits");
  const Pair r = scale(row.tail, 1 / tail_scale);
  if (r.hi < 0x1p-80) return {row.tail, 1 / tail_scale};  // R^2 / 2 is less than 2^-80 R
  if constexpr (std::numeric_limits<T>::digits < 53) {
    return {{std::log1p(r.hi), r.lo / (1 + r.hi)}};
  } else {
    const long double l =
        std::log1p(static_cast<long double>(r.hi) + static_cast<long double>(r.lo));
    const auto hi = static_cast<double>(l);
    return {{hi, static_cast<double>(l - static_cast<long double>(hi))}};
  }
}

/// m - x_j >= 0, exactly; +inf where x_j is -inf or the difference overflows.
XENT_ALWAYS_INLINE Pair distance(const RowState& row, double x) noexcept {
  const Pair d = two_sum(row.m, -x);
  return std::isfinite(d.hi) ? d : exactly(d.hi);
}

/// (m - x_y) + l, for a row that is_number().
template <class T>
ScaledPair label_loss(const RowState& row, const ScaledPair& l, T x_y) noexcept {
  const Pair d = distance(row, static_cast<double>(x_y));
  if (d.hi == 0) return l;
  if (!std::isfinite(d.hi)) return {d};
  const Pair log_sum = unscaled(l);
  if constexpr (std::numeric_limits<T>::digits < 53) return {exactly(d.hi + (log_sum.hi + d.lo))};
  return {add(d, log_sum)};
}

/// D = sum_j c_j (m - x_j) and Q = sum_j c_j, both in units of `unit`.
struct TargetSums {
  Pair gap, mass;
  double unit = 1;
};

/// Whether the sums may be finite in units of 1.
inline bool overflows_lifted(const TargetSums& sums) noexcept {
  return sums.unit != 1 && !std::isfinite(sums.gap.hi);
}

/// D + l Q, for a row that is_number().
inline ScaledPair soft_loss(const ScaledPair& l, const TargetSums& sums) noexcept {
  if (!std::isfinite(sums.mass.hi)) return {exactly(std::numeric_limits<double>::quiet_NaN())};
  if (!std::isfinite(sums.gap.hi)) return {exactly(sums.gap.hi)};
  const ScaledPair tail = times(l, sums.mass);
  if (sums.gap.hi == 0) return {tail.value, tail.unit * sums.unit};
  return {add(sums.gap, unscaled(tail)), sums.unit};
}

/// 1 + R.
XENT_ALWAYS_INLINE Pair one_plus_tail(const RowState& row) noexcept {
  return add(exactly(1), scale(row.tail, 1 / tail_scale));
}

/// 2^256 sum_{k != j} exp(x_k - m), `term` = 2^256 exp(x_j - m): that of R, or of 1 + (R - e_j)
/// where j is not the argmax.
XENT_ALWAYS_INLINE Pair scaled_others(const RowState& row, std::ptrdiff_t j, Pair term) noexcept {
  return j == row.argmax ? row.tail : add(exactly(tail_scale), add(row.tail, negate(term)));
}

}  // namespace xent::impl
