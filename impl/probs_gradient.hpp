// SPDX-License-Identifier: MIT
// A gradient component against probabilities, neither of whose terms cancels within itself:
//
//   g_j = t (e_j A_j - q_j n_j),   t = scale / (1 + R)
//   A_j = sum_{k != j} q_k,        n_j = sum_{k != j} e_k
//
// With b the index of the largest |q_b|: A_b is summed without q_b, and A_j = q_b + (rest - q_j)
// for the others, where at least |q_b| >= |q_j| remains. n_j is the same idea with the argmax of
// the logits.
//
// Error: 2^-50 relative to the two terms, besides what e_j and R err. Proof: docs/error_bounds.md,
// "Gradients against probabilities".
#pragma once

#include <cmath>

#include <xent/view.hpp>

#include "impl/row_state.hpp"

namespace xent::impl {

/// The row of target weights: its sum, and its sum without the largest. NaN where a weight is NaN
/// or infinite, and so is then the whole gradient row.
struct Mass {
  std::ptrdiff_t largest = 0;
  Pair rest;
  Pair total;
};

template <class T>
Mass target_mass(VectorView<const T> q) noexcept {
  Mass mass;
  for (std::ptrdiff_t j = 1; j < q.size; ++j)
    if (std::abs(q[j]) > std::abs(q[mass.largest])) mass.largest = j;
  CompensatedSum rest;
  for (std::ptrdiff_t j = 0; j < q.size; ++j)
    if (j != mass.largest) rest.add_term(static_cast<double>(q[j]));
  mass.rest = rest.total();
  mass.total = add(exactly(static_cast<double>(q[mass.largest])), mass.rest);
  if (!std::isfinite(mass.total.hi)) mass.total = mass.rest = exactly(std::nan(""));
  return mass;
}

/// g_j, with e_j = exp(x_j - m) and t = scale / (1 + R).
inline Pair probs_component(const RowState& row, const Mass& mass, std::ptrdiff_t j, Pair e_j,
                            double q_j, Pair t) noexcept {
  const Pair a_j = j == mass.largest ? mass.rest : add(mass.total, exactly(-q_j));
  const Pair n_j = others(row, j, e_j);
  return mul(add(mul(e_j, a_j), negate(mul(exactly(q_j), n_j))), t);
}

}  // namespace xent::impl
