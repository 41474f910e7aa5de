// SPDX-License-Identifier: MIT
// The ends, magnitudes and multiples of a Ball, and what it computes by MPFI.
#include "reference/numbers/ball.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Returns the double below x, or the one below that. Source: Rump, Zimmermann, Boldo & Melquiond,
/// "Computing predecessor and successor in rounding to nearest", BIT 49 (2009), theorem 2.2.
double below(double x) { return x - (std::abs(x) * 0x1.0000000000001p-53 + 0x1p-1074); }

/// Returns a double that is at most a + b, and below it by less than two units in the last place.
double sum_down(double a, double b) {
  const Pair sum = two_sum(a, b);
  return sum.lo >= 0 ? sum.hi : below(sum.hi);
}

}  // namespace

double lower_double(const Ball& x) {
  const double end = sum_down(x.hi, sum_down(x.lo, -x.error));
  return std::isfinite(end) ? end : -infinity;
}

double upper_double(const Ball& x) { return -lower_double(-x); }

Ball magnitude(const Ball& x) {
  if (!has_zero(x) || is_zero(x)) return x.hi < 0 ? -x : x;
  const double half = std::max({upper_double(x), -lower_double(x), 0x1p-1000}) / 2;
  return {Pair{half, 0}, half};
}

Ball scaled(const Ball& x, long k) {
  const long step = std::clamp(k, -1000L, 1000L);
  if (step != k) return scaled(scaled(x, step), std::clamp(k, -5000L, 5000L) - step);
  const double power = power_of_2(step);
  const double back = power_of_2(-step);
  const Pair centre{x.hi * power, x.lo * power};
  const double error = x.error * power;
  const bool exact =
      centre.hi * back == x.hi && centre.lo * back == x.lo && error * back == x.error;
  return {fast_two_sum(centre.hi, centre.lo), 0, exact ? error : error + 0x1p-1072};
}

Ball log1p(const Ball& x) {
  Interval<56> result = interval_of(x);
  mpfi_log1p(raw(result), raw(result));
  return enclosing<Ball>(result);
}

Interval<56> interval_of(const Ball& x) {
  Interval<56> result;
  mpfr_ptr low = &raw(result)->left;
  mpfr_ptr high = &raw(result)->right;
  if (!std::isfinite(x.error)) {
    mpfr_set_inf(low, -1);
    mpfr_set_inf(high, 1);
    return result;
  }
  mpfr_set_d(low, x.hi, MPFR_RNDD);
  mpfr_set_d(high, x.hi, MPFR_RNDU);
  mpfr_add_d(low, low, x.lo, MPFR_RNDD);
  mpfr_add_d(high, high, x.lo, MPFR_RNDU);
  mpfr_sub_d(low, low, x.error, MPFR_RNDD);
  mpfr_add_d(high, high, x.error, MPFR_RNDU);
  return result;
}

}  // namespace xent::reference
