// SPDX-License-Identifier: MIT
// What both parts of the second method are made of: coefficients as Arb holds them, exactly, and
// the ends of a result.
#pragma once

#include "reference/definition/definition.hpp"
#include "reference/numbers/arb_real.hpp"

namespace xent::reference {

/// Returns C c_j = w_j ((1 - eps) C q_j + eps), exactly; 0 where a factor is 0, whatever the other
/// is.
Real exact_coefficient(const RowProblem& row, std::ptrdiff_t j);

/// Returns c log(c / C) of a coefficient c = C c_j above 0, the entropy's share of a divergence.
Real entropy_term(const RowProblem& row, const Real& c, long bits);

/// Returns the ends of v ball / C, computed with `bits` bits, and lowers `known_bits` to the bits
/// that are known of it.
Ends ends_of(const RowProblem& row, Real ball, long bits, long& known_bits);

/// Returns results of which the loss and every component are `value`.
DefinedRow row_of_special(const RowProblem& row, double value);

/// Tells whether every weight and probability that a c_j is made of is finite.
bool has_finite_coefficients(const RowProblem& row);

}  // namespace xent::reference
