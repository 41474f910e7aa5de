// SPDX-License-Identifier: MIT
// CompensatedSum: a sum of doubles that loses next to nothing (Neumaier, ZAMM 54, 1974).
#pragma once

#include <cmath>

namespace xent::reference {

/// For terms >= 0 the sum is right to a few units of 2^-53, however many there are (fewer than
/// 2^50).
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
