// SPDX-License-Identifier: MIT
// A gradient component of soft targets, neither of whose terms cancels within itself:
//
//   g_j = t (e_j A_j - c_j n_j),   t = scale / sum_k e_k
//   A_j = sum_{k != j} c_k,        n_j = sum_{k != j} e_k
//
// With c_b of the largest magnitude: A_b is summed without it, and A_j = c_b + (rest - c_j) for the
// others, where at least |c_b| >= |c_j| remains. n_j is the same idea with the maximum of the
// logits.
//
// Error: 2^-50 relative to the two terms, besides what e_j and R err. Proof: docs/error_bounds.md,
// lemmas 34 and 35 (the sums of the others, A_j and n_j; the gradient of soft targets).
#pragma once

#include <cmath>

#include "impl/driver/coefficients.hpp"
#include "impl/driver/largest_coefficient.hpp"
#include "impl/rows/row_loss.hpp"

namespace xent::impl {

/// Sums of the coefficients of one row.
struct Mass {
  Pair largest;  // c_b
  Pair rest;     // without it
  Pair total;
  double size = 0;  // sum_j |c_j|

  Mass() = default;
  /// NaN where a coefficient is no finite number.
  Mass(Pair c_b, Pair others, double of_magnitudes) noexcept
      : largest(c_b), rest(others), total(add(c_b, others)), size(of_magnitudes) {
    if (!std::isfinite(total.hi)) total = rest = exactly(std::nan(""));
  }

  /// A_j. Coefficients as large as c_b may take its place.
  Pair without(Pair c_j) const noexcept {
    const bool is_largest = c_j.hi == largest.hi && c_j.lo == largest.lo;
    return is_largest ? rest : add(total, negate(c_j));
  }
};

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

/// What all components of a row share.
struct SoftGradient {
  WholeRow row;
  Mass mass;
  Pair t;
  double unit = 1;  // of the coefficients and their sums

  /// g_j, `term` = e_j in the unit of the row: rounded to double, and then perhaps to a subnormal
  /// number.
  double component(double x_j, Pair term, Pair c_j) const noexcept {
    const Pair n_j = row.others(x_j, term);
    const Pair g_j = mul(add(mul(term, mass.without(c_j)), negate(mul(c_j, n_j))), t);
    return (g_j.hi + g_j.lo) * (unit / tail_scale);
  }
};

template <class T>
SoftGradient soft_gradient_of(const WholeRow& row, const Coefficients<T>& c, Pair scale) noexcept {
  return {row, target_mass(c), div(scale, row.total()), c.unit()};
}

}  // namespace xent::impl
