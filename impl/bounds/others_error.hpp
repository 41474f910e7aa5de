// SPDX-License-Identifier: MIT
// The error that coefficients of both signs add to a gradient component: A_j = sum_{k != j} c_k may
// cancel, and errs in terms of sum_{k != j} |c_k|. Where all coefficients are >= 0, that sum is
// A_j, and the error is negligible. Proof: docs/error_bounds.md, lemma 34 (the sums of the others,
// A_j and n_j).
#pragma once

#include <xent/contract.hpp>

namespace xent::impl {

/// Returns scale p_j sum_{k != j} |c_k| times the error of A_j, in u of T, the type of the losses.
/// f32: the coefficients are doubles that err by 4 x 2^-53, and their sum of n terms and two
/// operations by (n + 8) 2^-53. f64: the coefficients are pairs, 2^-97, and their sum is
/// compensated, (n 2^-53)^2.
template <class T>
double others_error(const RowFacts& row, const GradFacts& g) noexcept {
  const double n = row.targets;
  const double error = sizeof(T) == 4 ? (n + 12) * 0x1p-29 : 0x1p-44 + n * n * 0x1p-53;
  return g.scale * g.p * g.others * error;
}

}  // namespace xent::impl
