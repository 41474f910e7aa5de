// SPDX-License-Identifier: MIT
// A CompensatedSum sums doubles and adds the errors of its additions in the end (Neumaier, ZAMM 54,
// 1974).
#pragma once

#include <cmath>

namespace xent::reference {

/// For fewer than 2^50 terms >= 0 the sum errs by a few units of 2^-53, relatively, whatever their
/// number.
class CompensatedSum {
 public:
  void add(double term) {
    const double next = sum_ + term;
    lost_ += std::abs(sum_) >= std::abs(term) ? (sum_ - next) + term : (term - next) + sum_;
    sum_ = next;
  }
  double sum() const { return sum_ + lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

}  // namespace xent::reference
