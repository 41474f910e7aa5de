// SPDX-License-Identifier: MIT
// A gradient component of soft targets, neither of whose terms cancels within itself:
//
//   g_j = t (e_j A_j - c_j n_j),   t = scale / sum_k e_k
//   A_j = sum_{k != j} c_k,        n_j = sum_{k != j} e_k
//
// With b the index of the largest |c_b|: A_b is summed without c_b, and A_j = c_b + (rest - c_j)
// for the others, where at least |c_b| >= |c_j| remains. n_j is the same idea with the maximum of
// the logits.
//
// Error: 2^-50 relative to the two terms, besides what e_j and R err. Proof: docs/error_bounds.md,
// "Gradients of soft targets".
#pragma once

#include <cmath>

#include "impl/coefficients.hpp"
#include "impl/row_loss.hpp"

namespace xent::impl {

/// Sums of the coefficients of one row.
struct Mass {
  std::ptrdiff_t largest = 0;  // b
  Pair rest;                   // without c_b
  Pair total;
  double size = 0;  // sum_j |c_j|
};

/// NaN where a coefficient is no finite number.
template <class T>
Mass target_mass(const Coefficients<T>& c) noexcept {
  Mass mass;
  double largest = -1;
  c.for_each([&](std::ptrdiff_t j, Pair c_j) {
    mass.size += std::abs(c_j.hi);
    if (!(std::abs(c_j.hi) > largest)) return;
    largest = std::abs(c_j.hi);
    mass.largest = j;
  });
  CompensatedSum rest;
  Pair c_b;
  c.for_each([&](std::ptrdiff_t j, Pair c_j) {
    if (j == mass.largest)
      c_b = c_j;
    else
      rest.add_term(c_j.hi, c_j.lo);
  });
  mass.rest = rest.total();
  mass.total = add(c_b, mass.rest);
  if (!std::isfinite(mass.total.hi)) mass.total = mass.rest = exactly(std::nan(""));
  return mass;
}

/// What all components of a row share.
struct SoftGradient {
  WholeRow row;
  Mass mass;
  Pair t;
  double unit = 1;  // of the coefficients and their sums

  /// g_j, `term` = e_j in the unit of the row: rounded to double, and then perhaps to a subnormal
  /// number.
  double component(std::ptrdiff_t j, double x_j, Pair term, Pair c_j) const noexcept {
    const Pair a_j = j == mass.largest ? mass.rest : add(mass.total, negate(c_j));
    const Pair n_j = row.others(x_j, term);
    const Pair g_j = mul(add(mul(term, a_j), negate(mul(c_j, n_j))), t);
    return (g_j.hi + g_j.lo) * (unit / tail_scale);
  }
};

template <class T>
SoftGradient soft_gradient_of(const WholeRow& row, const Coefficients<T>& c, Pair scale) noexcept {
  return {row, target_mass(c), div(scale, row.total()), c.unit()};
}

}  // namespace xent::impl
