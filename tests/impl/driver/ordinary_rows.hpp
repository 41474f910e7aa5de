// SPDX-License-Identifier: MIT
// Ordinary logits, the same on every machine, for tests that put unusual rows beside them.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace xent::tests {

/// Different for each argument, in [0, 1).
inline double noise(std::ptrdiff_t row, std::ptrdiff_t j) {
  const double x = 0.6180339887498949 * static_cast<double>(1 + j + 101 * row);
  return x - std::floor(x);
}

inline std::vector<double> logits_of(std::ptrdiff_t row, std::ptrdiff_t classes) {
  std::vector<double> x;
  for (std::ptrdiff_t j = 0; j < classes; ++j) x.push_back(12 * noise(row, j) - 6);
  return x;
}

}  // namespace xent::tests
