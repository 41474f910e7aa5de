// SPDX-License-Identifier: MIT
// Definition: the second method of the reference. One row's loss and gradient straight from the
// formulas that define them, in the ball arithmetic of Arb,
//
//   S = sum_j exp(x_j),   loss = sum_j c_j (log S - x_j),   g_j = Q exp(x_j) / S - c_j,   Q = sum_j
//   c_j
//
// over the finite logits. No maximum is taken out: the exponents of Arb have no bound. What cancels
// costs bits (a loss of 1e-300 costs 1000), so the precision is raised. All that it shares with the
// first method (oracle.hpp) is RowProblem.
#pragma once

#include <vector>

#include "reference/interval.hpp"
#include "reference/row_problem.hpp"

namespace xent::reference {

/// A ball's ends, rounded outward; all reals where the ball has no bound.
struct Ends {
  Interval<896> value;
  double special = 0;  // NaN or an infinity where the policy answers that, else 0
};

/// One row by the definition; the gradient is that of its own loss, the special values are those of
/// RowEnclosure.
struct DefinedRow {
  Ends loss;
  std::vector<Ends> gradient;  // [C]
  /// Each ball is no wider than about 2^-known_bits of its size. A 0 that is not exact is known to
  /// no bit, nor is a number below 2^-bits of what it is the difference of.
  long known_bits = 0;
};

/// At a working precision of `bits`, at least 2.
DefinedRow defined_row(const RowProblem& row, long bits);

/// At 128 bits, doubled until known_bits is at least `wanted_bits`, or the next would be more than
/// `most_bits`.
DefinedRow refined_row(const RowProblem& row, long wanted_bits, long most_bits);

}  // namespace xent::reference
