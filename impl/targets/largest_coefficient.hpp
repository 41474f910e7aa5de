// SPDX-License-Identifier: MIT
// The coefficient c_b of the largest magnitude in a row. A_b, the sum of the others, must not be
// computed as the difference of two large numbers: so c_b is left out of the sum from the start.
#pragma once

#include <cmath>
#include <cstddef>

#include "impl/targets/coefficients.hpp"

namespace xent::impl {

/// The coefficient c_b and its class b.
struct LargestCoefficient {
  std::ptrdiff_t index = -1;  // b; -1 where every coefficient is NaN
  Pair value;
};

/// Finds the largest |c_b|, the first of equal ones; a NaN is never taken.
template <class T>
LargestCoefficient largest_coefficient(const Coefficients<T>& c) noexcept {
  LargestCoefficient largest;
  c.for_each([&](std::ptrdiff_t j, Pair c_j) {
    if (largest.index < 0 ? !std::isnan(c_j.hi) : std::abs(c_j.hi) > std::abs(largest.value.hi))
      largest = {j, c_j};
  });
  return largest;
}

}  // namespace xent::impl
