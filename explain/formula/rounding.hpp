// SPDX-License-Identifier: MIT
// Rounds doubles to narrower formats.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/element.hpp>

namespace xent::explain {

/// Returns the number of `format` nearest to x, ties to even, and an infinity past the largest.
inline double rounded_to(double x, const Format& format) {
  if (x == 0 || !std::isfinite(x) || format.digits >= std::numeric_limits<double>::digits) return x;
  const int exponent = std::max(std::ilogb(x), format.min_exponent) - format.digits + 1;
  const double result = std::ldexp(std::nearbyint(std::ldexp(x, -exponent)), exponent);
  return std::abs(result) > format.largest
             ? std::copysign(std::numeric_limits<double>::infinity(), x)
             : result;
}

/// Returns half the distance of the numbers of `format` near x: what its last rounding may err.
inline double half_ulp(double x, const Format& format) {
  return std::max(std::abs(x), format.smallest_normal()) * format.unit_roundoff();
}

}  // namespace xent::explain
