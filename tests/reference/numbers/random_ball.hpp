// SPDX-License-Identifier: MIT
// Random doubles and balls of every size, and the exact interval that a ball stands for.
#pragma once

#include <cmath>
#include <limits>
#include <random>
#include <string>

#include <fmt/format.h>

#include "reference/numbers/ball.hpp"

namespace xent::tests {

/// 2976 bits: holds the ends of every ball, and most products of two.
using Wide = reference::Interval<896>;

inline Wide exact(const reference::Ball& x) {
  Wide result(x.hi);
  result += x.lo;
  mpfi_increase(reference::raw(result), reference::upper(Wide(x.error)));
  return result;
}

/// Whether every number of `inner` is in `outer`, which is known.
template <unsigned A, unsigned B>
bool is_inside(const reference::Interval<A>& inner, const reference::Interval<B>& outer) {
  return mpfi_is_inside(reference::raw(inner), reference::raw(outer)) != 0;
}

/// Its diameter, rounded up.
template <unsigned Digits>
double width(const reference::Interval<Digits>& x) {
  reference::Interval<Digits> result;
  mpfr_ptr high = &reference::raw(result)->right;
  mpfr_sub(high, reference::upper(x), reference::lower(x), MPFR_RNDU);
  return reference::upper_double(result);
}

inline bool is_unknown(const reference::Ball& x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return !std::isfinite(x.error) && lower_double(x) == -infinity && upper_double(x) == infinity;
}

inline std::string text(const reference::Ball& x) {
  return fmt::format("({:a} {:a} +- {:a})", x.hi, x.lo, x.error);
}

class RandomBalls {
 public:
  explicit RandomBalls(unsigned seed) : bits_(seed) {}

  /// In [low, high).
  double uniform(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(bits_);
  }
  int below(int count) { return std::uniform_int_distribution<int>(0, count - 1)(bits_); }
  double signed_power(int exponent) { return std::ldexp(below(2) == 0 ? 1 : -1, exponent); }

  /// Finite: of any exponent, near 1, a small integer, a power of two, subnormal, huge.
  double number() {
    switch (below(6)) {
      case 0: return signed_power(below(2046) - 1022) * uniform(1, 2);
      case 1: return signed_power(below(80) - 40) * uniform(1, 2);
      case 2: return below(9) - 4;
      case 3: return signed_power(below(2098) - 1074);
      case 4: return below(20) == 0 ? signed_power(-1074) * below(1000) : uniform(-1, 1);
      default: return below(20) == 0 ? signed_power(1023) * uniform(1, 2) : uniform(-1e9, 1e9);
    }
  }

  /// Known; `error` 0 in half of the cases.
  reference::Ball ball() {
    const double hi = number();
    const double half_ulp = std::abs(hi) * 0x1p-54;
    const double lo = below(3) == 0 ? 0 : half_ulp * uniform(-1, 1) * signed_power(-below(200));
    const reference::Pair centre = reference::two_sum(hi, lo);
    if (below(2) == 0) return {centre, 0};
    const double error = below(4) == 0 ? std::abs(number()) : 0;
    return {centre, error + std::ldexp(std::abs(hi), -below(110))};
  }

  /// Another known ball, often near x or -x.
  reference::Ball other(const reference::Ball& x) {
    const reference::Ball y = ball();
    if (below(2) == 0 || std::abs(x.hi) > 0x1p1022) return y;
    const double relative = signed_power(-below(110)) * below(2);
    const reference::Ball near(reference::two_sum(x.hi, x.hi * relative), y.error);
    return below(2) == 0 ? near : -near;
  }

 private:
  std::mt19937_64 bits_;
};

}  // namespace xent::tests
