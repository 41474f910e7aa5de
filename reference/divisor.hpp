// SPDX-License-Identifier: MIT
// Divisor: what the sum of the rows' losses is divided by: for the mean, the sum of w_y over the
// labels that are not ignored, or N for probs and csr; else 1.
#pragma once

#include <xent/any_problem.hpp>

#include "reference/exact.hpp"

namespace xent::reference {

class Divisor {
 public:
  /// Of a problem that has passed validate().
  explicit Divisor(const AnyProblem& problem);

  /// y over the divisor, as IEEE 754 divides: x / 0 is an infinity, 0 / 0 is NaN.
  template <class N>
  Exact<N> divide(Exact<N> y) const;

  /// A double next to it.
  double value() const { return value_; }

 private:
  double value_ = 1;        // NaN or infinite where a weight is, and only there
  bool is_value_ = true;    // the divisor is that number exactly
  Finest sum_ = Finest(1);  // the divisor, where it is a number
};

}  // namespace xent::reference
