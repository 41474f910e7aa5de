// SPDX-License-Identifier: MIT
// The largest of the coefficients of a row, which a sum of the others leaves out: what A_j, the sum
// without c_j, is to j = b must not be the difference of two large numbers.
#pragma once

#include <cmath>
#include <cstddef>

#include "impl/driver/coefficients.hpp"

namespace xent::impl {

struct LargestCoefficient {
  std::ptrdiff_t index = -1;  // b, of the largest |c_b|; -1: there is none but NaN
  Pair value;
};

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
