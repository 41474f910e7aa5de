// SPDX-License-Identifier: MIT
// What coefficients of both signs add to the error of a gradient component: A_j = sum_{k != j} c_k
// may cancel, and errs relatively to the sum of the magnitudes. Of coefficients >= 0 it is nothing.
// Proof: docs/error_bounds.md, "Gradients of soft targets".
#pragma once

#include <algorithm>

#include <xent/contract.hpp>

namespace xent::impl {

/// In u of T, the type of the arithmetic's results: coefficients are double for f32, pairs for f64.
template <class T>
double others_error(const RowFacts& row, const GradFacts& g) noexcept {
  constexpr double of_coefficients = sizeof(T) == 4 ? 0x1p-26 : 0x1p-44;
  return g.scale * g.p * std::max(row.target_mass - g.q, 0.0) * of_coefficients;
}

}  // namespace xent::impl
