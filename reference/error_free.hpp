// SPDX-License-Identifier: MIT
// Error-free transformations: the rounded sum or product of two doubles with what rounding left.
//
// Sources: Knuth, TAOCP 2, 4.2.2, theorem B; Dekker, Numerische Mathematik 18 (1971).
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace xent::reference {

/// hi + lo, unevaluated; hi is the double nearest to it.
struct Pair {
  double hi;
  double lo;
};

/// a + b, exact unless it overflows; lo is not finite then.
inline Pair two_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// a + b for |a| >= |b| or a = 0, exact unless it overflows.
inline Pair fast_two_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// a b, exact unless it overflows or lies below 2^-960.
inline Pair two_prod(double a, double b) {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

/// 2^e, for -1022 <= e <= 1023.
inline double power_of_2(std::int64_t e) { return std::bit_cast<double>((e + 1023) << 52); }

}  // namespace xent::reference
