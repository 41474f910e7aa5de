// SPDX-License-Identifier: MIT
// The shapes that a case can have: what a text may ask for is bounded before anything is allocated.
#pragma once

#include <cstddef>

namespace xent::cases {

/// Whether there are at least 0 rows, at least one class, and at most 2^30 rows, classes and
/// logits.
constexpr bool is_case_shape(std::ptrdiff_t rows, std::ptrdiff_t classes) {
  constexpr std::ptrdiff_t most = std::ptrdiff_t{1} << 30;
  if (rows < 0 || classes < 1 || rows > most || classes > most) return false;
  return rows * classes <= most;
}

}  // namespace xent::cases
