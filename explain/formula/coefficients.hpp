// SPDX-License-Identifier: MIT
// The coefficients c_j = w_j (keep q_j + share) of a row, as a formula takes them.
#pragma once

#include <cstddef>

#include "explain/formula/formula.hpp"

namespace xent::explain {

/// Fills target, c, total and mass.
void take_coefficients(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i, Row& row);

/// Returns the weight of class j as the terms of the loss have it.
double term_weight(const Formula& formula, const Doubt& doubt, std::ptrdiff_t j);

/// Returns the weight v of row i.
double row_weight(const Doubt& doubt, std::ptrdiff_t i);

/// Returns the weight that row i has in a mean: that of its label, or sum_j w_j q_j; 0 where it
/// does not count.
double divisor_weight(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i);

}  // namespace xent::explain
