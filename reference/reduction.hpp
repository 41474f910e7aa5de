// SPDX-License-Identifier: MIT
// A ReducedLoss is a certified enclosure of the sum or the mean of the rows' losses.
#pragma once

#include <cmath>

#include "reference/divisor.hpp"
#include "reference/oracle.hpp"

namespace xent::reference {

/// Collects the losses of the rows. Where one is NaN, or there are infinities of both signs, the
/// reduced loss is NaN; else, where one is infinite, it is that.
template <class N>
class ReducedLoss {
 public:
  /// Adds a row. `loss` is its loss times `classes`, which is the same for all rows: a rounded
  /// quotient would move a sum of thirds off the tie that it is on. `sign_of_total` is the sign of
  /// its Q. `bound` is how far its loss may err by the contract, 0 without one.
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
    inside_ = inside_ || sign_of_total == 0;
    positive_ = positive_ || sign_of_total > 0;
    negative_ = negative_ || sign_of_total < 0;
  }

  /// Returns the sum of the losses over the divisor.
  Exact<N> exact(const Divisor& divisor) const {
    Exact<N> result = sum_;
    // A loss of which nothing is known yet may be an infinity of the other sign, or NaN.
    if (unknown_ && !std::isnan(result.special)) {
      result.special = 0;
      result.value = unknown<N>();
    }
    if (classes_ != 1) result.value /= N(classes_);
    result.size = magnitude(result.value);
    // A sum of logarithms with coefficients of one sign is irrational; with both signs they may
    // cancel. A loss with a z-loss that is inside its enclosure leaves the sum inside its own.
    result.open = positive_ != negative_ || inside_;
    const bool straddles_0 = lower_double(result.value) < 0 && upper_double(result.value) > 0;
    result.open_size = result.open && !(inside_ && straddles_0);
    result.mixed = sum_.mixed || (above_0_ && below_0_);
    return divisor.divide(result);
  }

  /// Returns the sum of the rows' bounds over the divisor.
  N bound(const Divisor& divisor) const {
    const Exact<N> sum{.value = bounds_, .size = bounds_};
    return magnitude(divisor.divide(sum).value);
  }

 private:
  Exact<N> sum_;
  N bounds_;
  double classes_ = 1;
  bool unknown_ = false;
  bool inside_ = false;  // a loss whose Q has no certain sign is
  bool positive_ = false;
  bool negative_ = false;
  bool above_0_ = false;
  bool below_0_ = false;
};

}  // namespace xent::reference
