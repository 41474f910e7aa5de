// SPDX-License-Identifier: MIT
// A Ball is a double-double number with a bound on its error, the fastest number (number.hpp).
// Every operation encloses the exact result. Proof: docs/error_bounds.md, lemmas 69 to 76 (error
// terms; what is not known; sum; product; underflow; quotient; ends; powers of two).
//
// More than 150 lines: one number, with all that number.hpp asks of one.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "reference/numbers/error_free.hpp"
#include "reference/numbers/interval.hpp"

namespace xent::reference {

/// All reals within `error` of hi + lo; hi is the double nearest to hi + lo. Where error is
/// infinite or NaN nothing is known; error is that wherever hi or lo is not finite.
struct Ball {
  double hi = 0;
  double lo = 0;
  double error = 0;

  Ball() = default;
  /// The point x; unknown where x is not finite.
  Ball(double x) : hi(x), error(x * 0) {}
  Ball(Pair centre, double bound) : hi(centre.hi), lo(centre.lo), error(bound) {}
  /// The ball around a centre that was rounded by at most `relative` times itself, and is uncertain
  /// by `spread` besides.
  Ball(Pair centre, double relative, double spread)
      : Ball(centre, (1 + 0x1p-48) * (spread + relative * std::abs(centre.hi))) {}
};

/// These tell whether x is the point 0, and whether it is a point that is a double.
inline bool is_zero(const Ball& x) { return x.hi == 0 && x.error == 0; }
inline bool is_double(const Ball& x) { return x.lo == 0 && x.error == 0; }

inline Ball operator-(const Ball& x) { return {Pair{-x.hi, -x.lo}, x.error}; }

/// Returns a + b; the sum of two doubles is exact.
inline Ball operator+(const Ball& a, const Ball& b) {
  const Pair high = two_sum(a.hi, b.hi);
  const Pair low = two_sum(a.lo, b.lo);
  const Pair sum = fast_two_sum(high.hi, high.lo + low.hi);
  const double relative = low.hi == 0 ? 0 : 0x1p-103;
  return {fast_two_sum(sum.hi, sum.lo + low.lo), relative, a.error + b.error};
}
inline Ball operator+(const Ball& a, double b) {
  const Pair high = two_sum(a.hi, b);
  const double relative = a.lo == 0 ? 0 : 0x1p-103;
  return {fast_two_sum(high.hi, a.lo + high.lo), relative, a.error};
}
inline Ball operator-(const Ball& a, const Ball& b) { return a + (-b); }
inline Ball operator-(const Ball& a, double b) { return a + (-b); }

/// Returns how much a product of that size may lose where its parts underflow.
inline double underflow(double product) { return std::abs(product) < 0x1p-900 ? 0x1p-1000 : 0; }

/// Returns a b; the product of two doubles is exact unless it underflows.
inline Ball operator*(const Ball& a, const Ball& b) {
  const Pair product = two_prod(a.hi, b.hi);
  const Pair centre = fast_two_sum(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi));
  const double relative = is_double(a) && is_double(b) ? 0 : 0x1p-102;
  const double spread = std::abs(a.hi) * b.error + std::abs(b.hi) * a.error + a.error * b.error;
  const bool exact = is_zero(a) || is_zero(b);
  return {centre, relative, exact ? spread : spread + underflow(product.hi)};
}
inline Ball operator*(const Ball& a, double b) {
  const Pair product = two_prod(a.hi, b);
  const Pair centre = fast_two_sum(product.hi, product.lo + a.lo * b);
  const double relative = is_double(a) ? 0 : 0x1p-103;
  const double spread = a.error * std::abs(b);
  const bool exact = is_zero(a) || b == 0;
  return {centre, relative, exact ? spread : spread + underflow(product.hi)};
}

/// Returns a / b; unknown where b may be 0 or is uncertain by half of itself. Where a or the
/// quotient is below 2^-900 in magnitude, only a bound of the quotient's magnitude is known.
inline Ball operator/(const Ball& a, const Ball& b) {
  if (!(b.error < std::abs(b.hi) / 2)) return {Pair{}, std::numeric_limits<double>::infinity()};
  const double divisor = std::abs(b.hi) - b.error;
  const double quotient = a.hi / b.hi;
  if (std::abs(a.hi) < 0x1p-900 || std::abs(quotient) < 0x1p-900)
    return {Pair{}, 0, (std::abs(a.hi) + a.error) / divisor + (is_zero(a) ? 0 : 0x1p-1000)};
  const double rest = std::fma(-quotient, b.hi, a.hi) + (a.lo - quotient * b.lo);
  const Pair centre = fast_two_sum(quotient, rest / b.hi);
  return {centre, 0x1p-101, (a.error + std::abs(centre.hi) * b.error) / divisor};
}

template <class B>
Ball& operator+=(Ball& a, const B& b) {
  return a = a + b;
}
template <class B>
Ball& operator-=(Ball& a, const B& b) {
  return a = a - b;
}
template <class B>
Ball& operator*=(Ball& a, const B& b) {
  return a = a * b;
}
template <class B>
Ball& operator/=(Ball& a, const B& b) {
  return a = a / b;
}

/// These return doubles below and above which x has no number; x itself where it is a double, and
/// -inf and inf where nothing is known.
double lower_double(const Ball& x);
double upper_double(const Ball& x);

/// Returns 1 where x > 0 for certain, -1 where x < 0 for certain, else 0.
inline int sign(const Ball& x) {
  if (!(std::abs(x.hi) * (1 - 0x1p-52) > x.error)) return 0;
  return x.hi > 0 ? 1 : -1;
}

/// Tells whether 0 may be in x.
inline bool has_zero(const Ball& x) { return sign(x) == 0; }

/// Returns |x|, a ball without numbers below 0.
Ball magnitude(const Ball& x);

/// Returns x 2^k, exactly unless it overflows or underflows.
Ball scaled(const Ball& x, long k);

/// Sets result to a - b, exactly; to unknown where it overflows.
inline void set_difference(Ball& result, double a, double b) {
  const Pair difference = two_sum(a, -b);
  result = {difference, difference.lo * 0};
}

/// The relative error of exponential(), besides what the uncertainty of x causes (lemma 79).
inline constexpr double exponential_error = 0x1p-98;

/// Sets result to exp(x) for |x| <= 600, to [0, 2^-864] for a lower x, and to unknown for a higher
/// one or where x is uncertain by more than 1/2.
void exponential(Ball& result, const Ball& x);

/// Returns log(1 + x), by MPFI at 56 digits; unknown where x may be -1 or less.
Ball log1p(const Ball& x);

/// Returns an interval of 56 digits that holds x.
Interval<56> interval_of(const Ball& x);

/// Returns a ball that holds y.
template <class N, unsigned Digits>
requires(std::is_same_v<N, Ball>) N enclosing(const Interval<Digits>& y) {
  const double hi = mpfi_get_d(raw(y));
  Interval<Digits> rest = y - hi;
  const double lo = mpfi_get_d(raw(rest));
  rest -= lo;
  return {fast_two_sum(hi, lo), upper_double(magnitude(rest))};
}

}  // namespace xent::reference
