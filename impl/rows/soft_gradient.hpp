// SPDX-License-Identifier: MIT
// Computes a gradient component against soft targets, neither of whose two terms cancels within
// itself:
//
//   g_j = t (e_j A_j - c_j n_j) + t e_j z,   t = scale / sum_k e_k
//   A_j = sum_{k != j} c_k,                  n_j = sum_{k != j} e_k
//
// where z is 2 k lse with a z-loss, else 0. Let c_b have the largest magnitude. A_b is summed
// without c_b. For the others A_j = c_b + A_b - c_j, where at least |c_b| >= |c_j| remains if no
// coefficient is negative. n_j is computed likewise, with the term of the maximum in the place of
// c_b.
//
// Error: 2^-50 of the size of the terms, besides the errors of e_j and R. Proof:
// docs/error_bounds.md, lemmas 34 and 35 (the sums of the others, A_j and n_j; the gradient of soft
// targets).
#pragma once

#include <cmath>

#include "impl/rows/row_loss.hpp"
#include "impl/targets/coefficients.hpp"
#include "impl/targets/largest_coefficient.hpp"

namespace xent::impl {

/// The sums of the coefficients of one row.
struct Mass {
  Pair largest;  // c_b
  Pair rest;     // A_b, the sum without c_b
  Pair total;
  double size = 0;  // sum_j |c_j| + |z|

  Mass() = default;
  /// Takes c_b, the sum of the others and the sum of the magnitudes; total and rest become NaN
  /// where a coefficient is not finite.
  Mass(Pair c_b, Pair others, double of_magnitudes) noexcept
      : largest(c_b), rest(others), total(add(c_b, others)), size(of_magnitudes) {
    if (!std::isfinite(total.hi)) total = rest = exactly(std::nan(""));
  }

  /// Adds z to every A_j, for coefficients of the unit 1.
  void add_to_others(Pair z) noexcept {
    if (z.hi == 0) return;
    rest = add(rest, z);
    total = add(total, z);
    size += std::abs(z.hi);
  }

  /// Returns A_j. A c_j that equals c_b is taken for c_b: the sum without it is the same.
  Pair without(Pair c_j) const noexcept {
    const bool is_largest = c_j.hi == largest.hi && c_j.lo == largest.lo;
    return is_largest ? rest : add(total, negate(c_j));
  }
};

/// Returns the sums of the coefficients c, in the unit of c.
template <class T>
Mass target_mass(const Coefficients<T>& c) noexcept {
  const LargestCoefficient largest = largest_coefficient(c);
  double size = 0;
  CompensatedSum rest;
  c.for_each([&](std::ptrdiff_t j, Pair c_j) {
    size += std::abs(c_j.hi);
    if (j != largest.index) rest.add_term(c_j.hi, c_j.lo);
  });
  return {largest.value, rest.total(), size};
}

/// The numbers that all components of a row share.
struct SoftGradient {
  WholeRow row;
  Mass mass;
  Pair t;
  double unit = 1;  // that of the coefficients and their sums
  ScaledPair z = {};

  /// Returns g_j, `term` being e_j in the unit of the row's tail. It is rounded to double, and once
  /// more where it is subnormal.
  double component(double x_j, Pair term, Pair c_j) const noexcept {
    const Pair n_j = row.others(x_j, term);
    const Pair g_j = mul(add(mul(term, mass.without(c_j)), negate(mul(c_j, n_j))), t);
    if (z.value.hi != 0) return with_z(g_j, mul(term, t));
    return (g_j.hi + g_j.lo) * (unit / tail_scale);
  }

 private:
  /// Returns the component g_j, which has the units of the coefficients and of the tail, plus p_j
  /// z, p_j having the unit of the tail. A z above 2^500 is taken times a p_j without that unit:
  /// there logits that differ at all do so by 2^448, so that e_j is 0 or 1. So is a z in tiny_unit,
  /// below 2^-256: what a p_j loses below the normal numbers is then far below them in p_j z.
  double with_z(Pair g_j, Pair p_j) const noexcept {
    const bool without_tail = z.unit < 1 || std::abs(z.value.hi) > 0x1p500;
    const double tail = without_tail ? 1 / tail_scale : 1;
    const Pair share = scale(p_j, tail);
    const double product = share.hi * z.value.hi;
    if (!std::isfinite(product)) return product;
    const Pair sum = add(scale(g_j, unit * (tail / z.unit)), mul(share, z.value));
    return (sum.hi + sum.lo) * (z.unit / (tail_scale * tail));
  }
};

/// Returns these numbers for a row, its coefficients and its log-sum-exp.
template <class T>
SoftGradient soft_gradient_of(const WholeRow& row, const Coefficients<T>& c, Pair lse,
                              Pair scale) noexcept {
  return {row, target_mass(c), div(scale, row.total()), c.unit(), c.z_loss().scaled_mass(lse)};
}

}  // namespace xent::impl
