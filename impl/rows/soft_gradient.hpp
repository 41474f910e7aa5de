// SPDX-License-Identifier: MIT
// Computes a gradient component against soft targets, neither of whose two terms cancels within
// itself:
//
//   g_j = t (e_j A_j - c_j n_j),   t = scale / sum_k e_k
//   A_j = sum_{k != j} c_k,        n_j = sum_{k != j} e_k
//
// Let c_b have the largest magnitude. A_b is summed without c_b. For the others
// A_j = c_b + A_b - c_j, where at least |c_b| >= |c_j| remains if no coefficient is negative. n_j
// is computed likewise, with the term of the maximum in the place of c_b.
//
// Error: 2^-50 of the size of the two terms, besides the errors of e_j and R. Proof:
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
  double size = 0;  // sum_j |c_j|

  Mass() = default;
  /// Takes c_b, the sum of the others and the sum of the magnitudes; total and rest become NaN
  /// where a coefficient is not finite.
  Mass(Pair c_b, Pair others, double of_magnitudes) noexcept
      : largest(c_b), rest(others), total(add(c_b, others)), size(of_magnitudes) {
    if (!std::isfinite(total.hi)) total = rest = exactly(std::nan(""));
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

  /// Returns g_j, `term` being e_j in the unit of the row's tail. It is rounded to double, and once
  /// more where it is subnormal.
  double component(double x_j, Pair term, Pair c_j) const noexcept {
    const Pair n_j = row.others(x_j, term);
    const Pair g_j = mul(add(mul(term, mass.without(c_j)), negate(mul(c_j, n_j))), t);
    return (g_j.hi + g_j.lo) * (unit / tail_scale);
  }
};

/// Returns these numbers for a row and its coefficients.
template <class T>
SoftGradient soft_gradient_of(const WholeRow& row, const Coefficients<T>& c, Pair scale) noexcept {
  return {row, target_mass(c), div(scale, row.total()), c.unit()};
}

}  // namespace xent::impl
