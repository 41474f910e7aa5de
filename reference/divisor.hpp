// SPDX-License-Identifier: MIT
// The divisor is what the sum of the rows' losses is divided by: for a mean the sum of w_y over the
// rows that are not ignored, or N for probs and csr; else 1.
#pragma once

#include <xent/any_problem.hpp>

#include "reference/exact.hpp"
#include "reference/numbers/ladder.hpp"

namespace xent::reference {

/// The exact divisor of a problem.
class Divisor {
 public:
  /// Takes a problem that has passed validate().
  explicit Divisor(const AnyProblem& problem);

  /// Returns y over the divisor; where that is 0 or not finite, as IEEE 754 divides: x / 0 is an
  /// infinity and 0 / 0 is NaN.
  template <class N>
  Exact<N> divide(Exact<N> y) const;

  /// Returns the divisor rounded toward zero to a double; NaN or infinite where a weight in it is.
  double value() const { return value_; }

 private:
  double value_ = 1;        // NaN or infinite where a weight is, and only there
  bool is_value_ = true;    // the divisor is that number exactly
  Finest sum_ = Finest(1);  // the divisor, where it is a number
};

}  // namespace xent::reference
