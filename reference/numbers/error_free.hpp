// SPDX-License-Identifier: MIT
// Error-free transformations return the rounded sum or product of two doubles and its rounding
// error.
//
// Sources: Knuth, TAOCP 2, 4.2.2, theorem B; Dekker, Numerische Mathematik 18 (1971).
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace xent::reference {

/// The unevaluated sum hi + lo; hi is the double nearest to it.
struct Pair {
  double hi;
  double lo;
};

/// Returns a + b, exactly unless it overflows; lo is not finite then.
inline Pair two_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// Returns a + b for |a| >= |b| or a = 0, exactly unless it overflows.
inline Pair fast_two_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// Returns a b, exactly unless it overflows or lies below 2^-960.
inline Pair two_prod(double a, double b) {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

/// Returns 2^e, for -1022 <= e <= 1023.
inline double power_of_2(std::int64_t e) { return std::bit_cast<double>((e + 1023) << 52); }

}  // namespace xent::reference
