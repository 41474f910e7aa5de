// SPDX-License-Identifier: MIT
// Logarithms of any positive numbers, of which the numbers N offer log1p alone:
//
//   log x = log1p(f - 1) + e log 2,   x = f 2^e, f in [1/sqrt 2, sqrt 2)
//
// f - 1 is exact where x is a double, and for e != 0 the two terms cancel to no less than a third
// of the second. The logarithm of the point 1 is the point 0.
#pragma once

#include <cmath>
#include <numbers>

#include "reference/numbers/number.hpp"

namespace xent::reference {

/// Returns log x for an N that is above 0, unknown<N>() where it may not be.
template <class N>
N logarithm(const N& x) {
  const double lower = lower_double(x);
  if (!(lower > 0) || std::isinf(upper_double(x))) return unknown<N>();
  int exponent = std::ilogb(lower);
  if (std::scalbn(lower, -exponent) >= std::numbers::sqrt2) ++exponent;
  N result = log1p(scaled(x, -exponent) - N(1));
  if (exponent != 0) result += log1p(N(1)) * static_cast<double>(exponent);
  return result;
}

}  // namespace xent::reference
