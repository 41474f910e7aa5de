// SPDX-License-Identifier: MIT
// Coefficients gives enclosures of the c_j of a row and of their sums, times C where there is label
// smoothing, so that no quotient is rounded:
//
//   c_j               without smoothing    w_j q_j
//   C c_j             with smoothing       w_j ((1 - eps) C q_j + eps)
//
//   sum_{i != j} c_i = rest                where j = b,   rest = sum_{i != b} c_i
//                    = c_b + (rest - c_j)  else
//
// b is an index of one of the largest |c_i|. Where coefficients are of one sign, c_b + (rest - c_j)
// is never small beside c_b.
#pragma once

#include <cstddef>

#include "reference/numbers/number.hpp"
#include "reference/row_problem.hpp"

namespace xent::reference {

/// The coefficients of a row, which must outlive them. Instantiated for the numbers of number.hpp.
template <class N>
class Coefficients {
 public:
  /// With `unit_weight` every weight is taken as 1.
  Coefficients(const RowProblem& row, bool unit_weight);

  /// Returns c_j times divisor().
  N operator[](std::ptrdiff_t j) const;
  /// Returns c_j in double arithmetic, with its own weight.
  double rounded(std::ptrdiff_t j) const;
  /// Returns the sign of c_j, from the signs of its factors where they tell it, however small the
  /// product is. Where smoothing is added to a q_j below 0 and N cannot tell the sign of the sum,
  /// it returns 0.
  int sign_of(std::ptrdiff_t j) const;
  /// Returns C where there is label smoothing, else 1.
  double divisor() const { return divisor_; }
  /// Returns false where a coefficient is NaN or infinite; the sums mean nothing then.
  bool finite() const { return finite_; }

  /// Returns sum_j c_j, times divisor().
  N total() const { return largest_ + rest_; }
  /// Returns the sum of all but c_j, times divisor().
  N total_without(std::ptrdiff_t j) const;
  /// These two return the sums of the magnitudes |c_i|, of all and of all but |c_j|, times
  /// divisor().
  N size() const { return magnitude(largest_) + size_of_rest_; }
  N size_without(std::ptrdiff_t j) const;

 private:
  void sum();

  const RowProblem& row_;
  bool unit_weight_;
  double divisor_;
  N kept_;  // (1 - eps) C
  bool finite_ = true;
  std::ptrdiff_t largest_at_ = 0;  // b
  N largest_;                      // c_b
  N rest_;
  N size_of_rest_;  // sum_{i != b} |c_i|
};

}  // namespace xent::reference
