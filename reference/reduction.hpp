// SPDX-License-Identifier: MIT
// ReducedLoss: certified enclosure of the sum or the mean of the rows' losses.
#pragma once

#include <limits>

#include <xent/problem.hpp>

#include "reference/exact.hpp"

namespace xent::reference {

/// No rows: the sum is 0 and the mean NaN. A NaN among the rows makes NaN, else an inf makes inf.
template <unsigned Digits>
class ReducedLoss {
 public:
  /// `bound`: how far this row's loss may err, by the contract; 0 without one.
  void add(const Exact<Digits>& loss, const Interval<Digits>& bound) {
    sum_.special += loss.special;
    if (sum_.special != 0) return;
    sum_.value += loss.value;
    sum_.open = sum_.open || loss.open;
    bounds_ += bound;
  }

  Exact<Digits> exact(Reduction reduction, std::ptrdiff_t rows) const {
    Exact<Digits> result = sum_;
    if (reduction == Reduction::mean) result.value /= static_cast<double>(rows);
    if (reduction == Reduction::mean && rows == 0)
      result.special = std::numeric_limits<double>::quiet_NaN();
    result.size = magnitude(result.value);
    return result;
  }

  /// The sum (mean) of the rows' bounds.
  Interval<Digits> bound(Reduction reduction, std::ptrdiff_t rows) const {
    if (reduction != Reduction::mean || rows == 0) return bounds_;
    return bounds_ / static_cast<double>(rows);
  }

 private:
  Exact<Digits> sum_;
  Interval<Digits> bounds_;
};

}  // namespace xent::reference
