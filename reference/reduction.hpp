// SPDX-License-Identifier: MIT
// ReducedLoss: certified enclosure of the sum or the mean of the rows' losses.
#pragma once

#include <cmath>

#include "reference/divisor.hpp"
#include "reference/oracle.hpp"

namespace xent::reference {

/// A NaN among the rows, or infinities of both signs, make NaN; else an infinity makes that.
template <class N>
class ReducedLoss {
 public:
  /// `loss`: of a row, times `classes`, which is the same for all: rounding would else part a sum
  /// of thirds from the tie that it is on. `bound`: how far the row's loss may err, by the
  /// contract; 0 without one.
  void add(const Exact<N>& loss, double classes, int sign_of_total, const N& bound) {
    classes_ = classes;
    sum_.special += loss.special;
    unknown_ = unknown_ || is_unknown(loss);
    sum_.value += loss.value;
    sum_.mixed = sum_.mixed || loss.mixed;
    above_0_ = above_0_ || sign(loss.value) > 0;
    below_0_ = below_0_ || sign(loss.value) < 0;
    bounds_ += bound;
    if (!loss.open) return;
    positive_ = positive_ || sign_of_total > 0;
    negative_ = negative_ || sign_of_total < 0;
  }

  Exact<N> exact(const Divisor& divisor) const {
    Exact<N> result = sum_;
    // A row of which nothing is known yet may be an infinity of the other sign, or NaN.
    if (unknown_ && !std::isnan(result.special)) {
      result.special = 0;
      result.value = unknown<N>();
    }
    if (classes_ != 1) result.value /= N(classes_);
    result.size = magnitude(result.value);
    // Logarithms of one sign add up to one; of both signs they may cancel.
    result.open = positive_ != negative_;
    result.open_size = result.open;
    result.mixed = sum_.mixed || (above_0_ && below_0_);
    return divisor.divide(result);
  }

  /// The sum of the rows' bounds, over the divisor.
  N bound(const Divisor& divisor) const {
    const Exact<N> sum{.value = bounds_, .size = bounds_};
    return magnitude(divisor.divide(sum).value);
  }

 private:
  Exact<N> sum_;
  N bounds_;
  double classes_ = 1;
  bool unknown_ = false;
  bool positive_ = false;
  bool negative_ = false;
  bool above_0_ = false;
  bool below_0_ = false;
};

}  // namespace xent::reference
