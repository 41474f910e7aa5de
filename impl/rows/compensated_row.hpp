// SPDX-License-Identifier: MIT
// The state of a row in double words of the type A of its arithmetic, with its logarithm, its n_j
// and its loss against a label. With a one argmax of the logits,
//
//   m = x_a,   R = sum_{j != a} exp(x_j - m),   l = log1p(R)
//   exp(x - m) = exp(fl(x - m)) (1 + e),        e = (x - m) - fl(x - m), by two-sum
//   log1p(hi + lo) = log1p(hi) + lo / (1 + hi)
//   loss = (m - x_y) + l
//
// R is kept times term_scale, 2^64 in f32 and 2^256 in f64, so that no term underflows that a
// weight may scale to a normal number.
//
// Error of R: E_exp u, the C library's, and 2^-6 u. Proof: docs/error_bounds.md, lemmas 38 and 39
// (compensated: terms and R; compensated: loss).
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include <xent/element.hpp>
#include <xent/view.hpp>

#include "impl/arithmetic/neumaier_sum.hpp"
#include "impl/arithmetic/scaled_pair.hpp"

namespace xent::impl {

/// The factor of terms and of R, and its logarithm.
template <class A>
inline constexpr A term_scale = 0x1p256;
template <>
inline constexpr float term_scale<float> = 0x1p64F;
template <class A>
inline constexpr DoubleWord<A> log_term_scale = {0x1.62e42fefa39efp+7, 0x1.abc9e3b39803fp-48};
template <>
inline constexpr DoubleWord<float> log_term_scale<float> = {0x1.62e43p+5F, -0x1.05c61p-23F};

/// A logarithm as value times unit; the unit is a power of two.
template <class A>
struct ScaledLog {
  DoubleWord<A> value;
  A unit = 1;

  DoubleWord<A> unscaled() const noexcept { return scaled(value, unit); }
  ScaledPair pair() const noexcept { return {pair_of(value), static_cast<double>(unit)}; }
};

/// The maximum of a row and the sum of its other terms.
template <class A>
struct CompensatedRow {
  A m = -std::numeric_limits<A>::infinity();
  std::ptrdiff_t argmax = -1;
  DoubleWord<A> tail;  // term_scale R

  /// False for a row with NaN or +inf, or without a finite logit: its loss and gradient are NaN.
  bool is_number() const noexcept { return std::isfinite(m) && !std::isnan(tail.hi); }

  /// Returns term_scale exp(x - m), for x <= m or NaN.
  DoubleWord<A> term(A x) const noexcept {
    DoubleWord<A> d = exact_sum(x, -m);
    if (d.hi == -std::numeric_limits<A>::infinity()) return {};
    const bool is_deep = d.hi < (sizeof(A) == 4 ? -80 : -700);  // exp(d) might be subnormal
    if (is_deep) d = d + log_term_scale<A>;
    const A e = std::exp(d.hi) * (is_deep ? 1 : term_scale<A>);
    return exact_fast_sum(e, e * d.lo);
  }
  DoubleWord<A> exp(A x) const noexcept { return scaled(term(x), 1 / term_scale<A>); }

  DoubleWord<A> r() const noexcept { return scaled(tail, 1 / term_scale<A>); }

  /// Returns l. Where R^2 / 2 is too small to count, for R < 2^-8 u, it is R itself, in R's unit.
  ScaledLog<A> log() const noexcept {
    const DoubleWord<A> small = r();
    if (small.hi < static_cast<A>(0x1p-8 * unit_roundoff<A>)) return {tail, 1 / term_scale<A>};
    return {exact_fast_sum(std::log1p(small.hi), small.lo / (1 + small.hi))};
  }

  /// Returns 1 / (1 + R).
  DoubleWord<A> inverse() const noexcept { return reciprocal(DoubleWord<A>{1} + r()); }

  /// Returns n_j = sum_{k != j} exp(x_k - m): R where j is the argmax, else 1 + (R - e_j).
  DoubleWord<A> others(std::ptrdiff_t j, DoubleWord<A> e_j) const noexcept {
    return j == argmax ? r() : DoubleWord<A>{1} + (r() + -e_j);
  }
};

/// Returns the state of row x, in two passes over it.
template <class A, class Row>
CompensatedRow<A> compensated_row(Row x) noexcept {
  CompensatedRow<A> row;
  for (std::ptrdiff_t j = 0; j < x.size; ++j) {
    if (x[j] > row.m) {
      row.m = x[j];
      row.argmax = j;
    }
  }
  if (!std::isfinite(row.m)) return row;
  NeumaierSum<A> tail;
  for (std::ptrdiff_t j = 0; j < x.size; ++j)
    if (j != row.argmax) tail.add(row.term(x[j]));
  row.tail = tail.total();
  return row;
}

/// Returns the loss d_y + l of one row against a label, d_y = m - x_y, for a row that is_number().
template <class A>
ScaledPair label_loss(A m, A x_y, const ScaledLog<A>& l) noexcept {
  const DoubleWord<A> d = exact_sum(m, -x_y);
  if (d.hi == 0) return l.pair();
  if (!std::isfinite(d.hi)) return {exactly(static_cast<double>(d.hi))};
  return {pair_of(d + l.unscaled())};
}

}  // namespace xent::impl
