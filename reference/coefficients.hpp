// SPDX-License-Identifier: MIT
// Coefficients: enclosures of the c_j of a row and of their sums, C times as large where the labels
// are smoothed:
//
//   c_j C^[eps != 0] = w_j ((1 - eps) C q_j + eps)
//
//   sum_{i != j} c_i = rest                    j = b
//                    = c_b + (rest - c_j)      else,      rest = sum_{i != b} c_i
//
// With b one of the largest |c_i|, and coefficients of one sign, the difference is never small
// beside c_b.
#pragma once

#include <cstddef>

#include "reference/number.hpp"
#include "reference/row_problem.hpp"

namespace xent::reference {

/// The row must outlive it. Instantiated for the numbers of number.hpp.
template <class N>
class Coefficients {
 public:
  /// With `unit_weight`, w is taken as 1.
  Coefficients(const RowProblem& row, bool unit_weight);

  /// c_j, times divisor().
  N operator[](std::ptrdiff_t j) const;
  /// Its sign, by those of its factors where they tell it, however small the product is: of a q_j
  /// below 0 beside smoothing 0 where N does not know.
  int sign_of(std::ptrdiff_t j) const;
  /// C where the labels are smoothed, else 1.
  double divisor() const { return divisor_; }
  /// False where one is NaN or infinite; the sums mean nothing then.
  bool finite() const { return finite_; }

  N total() const { return largest_ + rest_; }
  /// The sum of all but c_j.
  N total_without(std::ptrdiff_t j) const;
  /// These two are the sums of the magnitudes |c_i|: of all, and of all but |c_j|.
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
