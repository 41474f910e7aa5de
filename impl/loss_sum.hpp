// SPDX-License-Identifier: MIT
// LossSum: the running sum of the rows' losses, rounded once.
#pragma once

#include <cmath>

#include "impl/pair.hpp"

namespace xent::impl {

/// Whether one may divide by it, in pairs: neither 0 nor infinite nor NaN.
inline bool divides(Pair divisor) noexcept { return std::isfinite(divisor.hi) && divisor.hi != 0; }

/// An infinite or NaN loss makes the sum that, as IEEE 754 adds.
class LossSum {
 public:
  void add_row(Pair loss) noexcept {
    sum_ = std::isfinite(sum_.hi + loss.hi) ? add(sum_, loss) : exactly(sum_.hi + loss.hi);
  }

  /// The losses of a group of rows of T, in four sums that do not wait for each other: for f64
  /// compensated ones, for f32 plain ones in double.
  template <class T, class LossAt>
  void add_rows(LossAt loss, int count) noexcept {
    CompensatedSum part[4];
    double plain[4] = {};
    for (int k = 0; k < count; ++k) {
      const Pair row = loss(k);
      plain[k % 4] += row.hi + row.lo;
      if constexpr (sizeof(T) == 8) part[k % 4].add_term(row.hi, row.lo);
    }
    const double sum = (plain[0] + plain[1]) + (plain[2] + plain[3]);
    if (!std::isfinite(sum))
      sum_ = exactly(sum_.hi + sum);
    else if constexpr (sizeof(T) == 8)
      add_row(add(add(part[0].total(), part[1].total()), add(part[2].total(), part[3].total())));
    else
      add_row(exactly(sum));
  }

  Pair total() const noexcept { return sum_; }

  /// The sum over a divisor, as IEEE 754 divides where that is 0 or no finite number; 0 is +0.
  template <class T>
  T over(Pair divisor) const noexcept {
    return static_cast<T>(quotient(divisor)) + T{0};
  }

 private:
  double quotient(Pair divisor) const noexcept {
    if (divisor.hi == 1 && divisor.lo == 0) return rounded(sum_);
    if (!divides(divisor) || !std::isfinite(sum_.hi)) return sum_.hi / divisor.hi;
    return rounded(div(sum_, divisor));
  }

  Pair sum_;
};

}  // namespace xent::impl
