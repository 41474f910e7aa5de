// SPDX-License-Identifier: MIT
// The second method of the reference computes one row's loss and gradient straight from the
// formulas that define them, in the ball arithmetic of Arb:
//
//   S    = sum_j exp(x_j)
//   loss = v (sum_j c_j (log S - x_j) + k (log S)^2)
//   g_j  = v ((Q + 2 k log S) exp(x_j) / S - c_j),   Q = sum_j c_j
//
// over the finite logits. No maximum is taken out, because the exponents of Arb have no bound.
// Cancellation costs bits (a loss of 1e-300 costs 1000), so the precision is doubled until enough
// are known. It shares only RowProblem with the first method (oracle.hpp).
#pragma once

#include <vector>

#include "reference/numbers/interval.hpp"
#include "reference/row_problem.hpp"

namespace xent::reference {

/// The ends of a ball, rounded outward; all reals where the ball has no bound.
struct Ends {
  Interval<896> value;
  double special = 0;  // NaN or an infinity where the policy answers that, else 0
};

/// The results of one row by the definition. The gradient is that of the row's own loss; the
/// special values are those of RowEnclosure (oracle.hpp).
struct DefinedRow {
  Ends loss;
  std::vector<Ends> gradient;  // [C]
  /// No ball is wider than about 2^-known_bits of its size. A ball around 0 that is not the point 0
  /// has no known bit, nor has a difference below 2^-bits of the numbers that it is the difference
  /// of.
  long known_bits = 0;
};

/// Computes the row at a working precision of `bits` >= 2.
DefinedRow defined_row(const RowProblem& row, long bits);

/// Computes the row at 128 bits and doubles the precision until known_bits is at least
/// `wanted_bits`, or the next precision would be above `most_bits`.
DefinedRow refined_row(const RowProblem& row, long wanted_bits, long most_bits);

}  // namespace xent::reference
