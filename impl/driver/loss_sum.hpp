// SPDX-License-Identifier: MIT
// A LossSum is the running sum of the rows' losses, kept as a pair and rounded once, in the end.
// Where it leaves the range of double it goes on in a larger unit, because a mean or later rows may
// bring it back. Losses that are below the normal numbers are summed apart, in a smaller unit,
// because the divisor of a mean may bring their sum back.
#pragma once

#include <cmath>

#include "impl/arithmetic/scaled_pair.hpp"

namespace xent::impl {

/// Tells whether pairs may be divided by the divisor: it is neither 0 nor infinite nor NaN.
inline bool divides(Pair divisor) noexcept { return std::isfinite(divisor.hi) && divisor.hi != 0; }

/// The sum of losses. An infinite or NaN loss makes the sum infinite or NaN, as IEEE 754 adds.
class LossSum {
 public:
  void add_row(Pair loss) noexcept {
    const Pair sum = add(sum_.value, loss);
    if (std::isfinite(sum.hi) && sum_.unit == 1)
      sum_.value = sum;
    else
      add_beyond({loss});
  }
  void add_row(const ScaledPair& loss) noexcept {
    const ScaledPair row = without_needless_unit(loss);
    if (row.unit == 1)
      add_row(row.value);
    else if (row.unit > 1)
      add_beyond(row);
    else
      tiny_ = add(tiny_, in_tiny_unit(row));
  }

  /// Adds loss(k) for 0 <= k < count, the losses of rows of T, in four sums that do not wait for
  /// each other: for f64 they are compensated, for f32, whose losses cannot overflow double, plain.
  template <class T, class LossAt>
  void add_rows(LossAt loss, int count) noexcept {
    if constexpr (sizeof(T) == 8) {
      CompensatedSum part[4];
      bool is_within = true;
      for_each_in_four(count, [&](int k, int i) {
        const ScaledPair row = loss(k);
        part[i].add_term(row.value.hi, row.value.lo);
        is_within = is_within && row.unit == 1;
      });
      const Pair sum =
          add(add(part[0].total(), part[1].total()), add(part[2].total(), part[3].total()));
      if (is_within && std::isfinite(sum.hi)) return add_row(sum);
      for (int k = 0; k < count; ++k) add_row(loss(k));
    } else {
      double part[4] = {};
      for_each_in_four(count, [&](int k, int i) { part[i] += loss(k).value.hi; });
      add_row(exactly((part[0] + part[1]) + (part[2] + part[3])));
    }
  }

  /// Returns the sum, with the losses that were summed apart unless they are negligible in it.
  ScaledPair total() const noexcept {
    constexpr double negligible_beside = 0x1p-200;  // 2^63 tiny losses
    if (tiny_.hi == 0 || sum_.unit != 1 || !(std::abs(sum_.value.hi) < negligible_beside))
      return sum_;
    return {add(in_tiny_unit(sum_), tiny_), tiny_unit};
  }

  /// Returns the sum over the divisor, rounded to T; as IEEE 754 divides where the divisor is 0 or
  /// not finite. A quotient of 0 is +0.
  template <class T>
  T over(Pair divisor) const noexcept {
    return static_cast<T>(quotient(divisor)) + T{0};
  }

 private:
  /// Calls f(k, k % 4) for 0 <= k < count; the second number is known when it is compiled, but for
  /// the last three.
  template <class F>
  static void for_each_in_four(int count, F f) noexcept {
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      f(k, 0);
      f(k + 1, 1);
      f(k + 2, 2);
      f(k + 3, 3);
    }
    for (int i = 0; k < count; ++k, ++i) f(k, i);
  }

  void add_beyond(const ScaledPair& loss) noexcept {
    if (std::isfinite(loss.value.hi) && std::isfinite(sum_.value.hi))
      sum_ = {add(in_huge_unit(sum_), in_huge_unit(loss)), huge_unit};
    else
      sum_ = {exactly(sum_.value.hi + loss.value.hi)};
  }

  double quotient(Pair divisor) const noexcept {
    const ScaledPair sum = total();
    if (divisor.hi == 1 && divisor.lo == 0) return rounded(unscaled(sum));
    if (!divides(divisor) || !std::isfinite(sum.value.hi)) return sum.value.hi / divisor.hi;
    if (sum.unit <= 1 && std::abs(sum.value.hi) < 0x1p900)
      return rounded(unscaled({div(sum.value, divisor), sum.unit}));
    return rounded(unscaled({div(in_huge_unit(sum), divisor), huge_unit}));
  }

  ScaledPair sum_;
  Pair tiny_;  // in tiny_unit
};

}  // namespace xent::impl
