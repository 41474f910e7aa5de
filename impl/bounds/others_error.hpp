// SPDX-License-Identifier: MIT
// What coefficients of both signs add to the error of a gradient component: A_j = sum_{k != j} c_k
// may cancel, and errs relatively to the sum of the magnitudes. Of coefficients >= 0 it is nothing.
// Proof: docs/error_bounds.md, lemma 34 (the sums of the others, A_j and n_j).
#pragma once

#include <xent/contract.hpp>

namespace xent::impl {

/// In u of T, the type of the arithmetic's results. f32: coefficients are double, 2^-51, their sum
/// of n terms and two operations err by (n + 8) 2^-53. f64: they are pairs, 2^-97, the sum is
/// compensated, (n 2^-53)^2.
template <class T>
double others_error(const RowFacts& row, const GradFacts& g) noexcept {
  const double n = row.targets;
  const double error = sizeof(T) == 4 ? (n + 12) * 0x1p-29 : 0x1p-44 + n * n * 0x1p-53;
  return g.scale * g.p * g.others * error;
}

}  // namespace xent::impl
