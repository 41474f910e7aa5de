// SPDX-License-Identifier: MIT
// Computes the loss of a row against a label from its state, without cancellation, and the sums
// that its gradient needs. In the unit of the row's terms, with top the term of the maximum,
//
//   R = tail / top,   l = log1p(R)
//   labels:  loss = (m - x_y) + l                 both terms are >= 0
//            g_j = t e_j,   t = scale / (top + tail)
//            g_y = -t n,    n = tail if y = a, else top + (tail - e_y)     (never p_y - 1)
//
// The loss against soft targets is in impl/rows/target_sums.hpp.
//
// Error: the steps here err by less than 2^-60 (f32: 2^-50) relatively, besides the error of the
// tail. Proof: docs/error_bounds.md, lemma 32 (from the state to the loss).
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include "impl/arithmetic/pair.hpp"
#include "impl/arithmetic/scaled_pair.hpp"
#include "impl/rows/row_state.hpp"

namespace xent::impl {

/// The state of a whole row, with the term of its maximum.
struct WholeRow : RowState {
  Pair top = {};

  /// Returns sum_j e_j = (top + tail) 2^-256.
  Pair total() const noexcept { return scale(top_and(tail), 1 / tail_scale); }

  /// Returns sum_{k != j} e_k in the unit of the tail, `term` being e_j in it: the tail where x_j
  /// is the maximum, else top + (tail - e_j).
  Pair others(double x_j, Pair term) const noexcept {
    return x_j == m ? tail : top_and(add(tail, negate(term)));
  }

 private:
  /// Returns top + rest, or top alone where the rest is below 2^-150 of it: its low part might be
  /// subnormal.
  Pair top_and(Pair rest) const noexcept {
    return std::abs(rest.hi) < 0x1p-150 * top.hi ? top : add(top, rest);
  }
};

/// Returns the state with the term of its maximum, by the C library.
template <class T>
WholeRow with_top(const RowState& state) noexcept {
  return {state, term_in_unit<T>(state.m, state.unit)};
}

/// Tells whether R < 2^-80, so that R^2 / 2 is negligible in log1p(R).
XENT_ALWAYS_INLINE bool is_tiny_tail(const WholeRow& row) noexcept {
  return row.tail.hi < 0x1p-80 * row.top.hi;
}

/// Returns R, which is l, in a unit in which it is a normal number.
inline ScaledPair log1p_of_tiny_tail(const WholeRow& row) noexcept {
  return {div(row.tail, scale(row.top, 1 / tail_scale)), 1 / tail_scale};
}

/// Returns l = log1p(R). For f32 it is computed in double, which holds R of every row whose loss a
/// weight of f32 can scale to a number of f32. For f64 it is the logarithm of long double, whose
/// error is far below that of one rounding to double.
template <class T>
ScaledPair log1p_tail(const WholeRow& row) noexcept {
  if constexpr (sizeof(T) < 8) {
    return {exactly(std::log1p(row.tail.hi / row.top.hi))};
  } else {
    if (is_tiny_tail(row)) return log1p_of_tiny_tail(row);
    const Pair r = div(row.tail, row.top);
    const long double l =
        std::log1p(static_cast<long double>(r.hi) + static_cast<long double>(r.lo));
    const auto hi = static_cast<double>(l);
    return {{hi, static_cast<double>(l - static_cast<long double>(hi))}};
  }
}

/// Returns m - x >= 0, exactly; +inf where x is -inf or the difference overflows.
XENT_ALWAYS_INLINE Pair distance(const RowState& row, double x) noexcept {
  const Pair d = two_sum(row.m, -x);
  return std::isfinite(d.lo) ? d : exactly(std::numeric_limits<double>::infinity());
}

/// Returns (m - x) / huge_unit, which does not overflow. It is exact unless one of m and x is
/// negligible beside the other.
inline Pair huge_distance(const RowState& row, double x) noexcept {
  const Pair d = two_sum(row.m / huge_unit, -x / huge_unit);
  return std::isfinite(d.lo) ? d : exactly(std::numeric_limits<double>::infinity());
}

/// Returns the loss (m - x_y) + l against a label, for a row that is_number().
template <class T>
ScaledPair label_loss(const RowState& row, const ScaledPair& l, T x_y) noexcept {
  const Pair d = distance(row, static_cast<double>(x_y));
  if (!std::isfinite(d.hi)) return {huge_distance(row, static_cast<double>(x_y)), huge_unit};
  if constexpr (sizeof(T) < 8) {
    return {exactly(d.hi + (l.value.hi + d.lo))};
  } else {
    return d.hi == 0 ? l : ScaledPair{add(d, unscaled(l))};
  }
}

}  // namespace xent::impl
