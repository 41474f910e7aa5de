// SPDX-License-Identifier: MIT
// An Interval is [lower, upper], with ends of a fixed binary precision; every operation rounds
// outward.
#pragma once

#include <cstdint>
#include <type_traits>

#include <boost/multiprecision/mpfi.hpp>

namespace xent::reference {

/// An interval whose ends carry `Digits` decimal digits (28 are 95 bits). Made from a float or a
/// double it is that point exactly. Operators and boost::multiprecision::log1p call MPFI.
template <unsigned Digits>
using Interval = boost::multiprecision::number<boost::multiprecision::mpfi_float_backend<Digits>,
                                               boost::multiprecision::et_off>;

/// These return the number of MPFI.
template <unsigned Digits>
mpfi_ptr raw(Interval<Digits>& x) {
  return x.backend().data();
}
template <unsigned Digits>
mpfi_srcptr raw(const Interval<Digits>& x) {
  return x.backend().data();
}

/// These return the ends, as MPFR numbers that live as long as `x`.
template <unsigned Digits>
mpfr_srcptr lower(const Interval<Digits>& x) {
  return &raw(x)->left;
}
template <unsigned Digits>
mpfr_srcptr upper(const Interval<Digits>& x) {
  return &raw(x)->right;
}

/// These return the ends as doubles, rounded outward once (number::convert_to<float> would round
/// twice). A finite end beyond the range of double becomes the largest double or an infinity.
template <unsigned Digits>
double lower_double(const Interval<Digits>& x) {
  return mpfr_get_d(lower(x), MPFR_RNDD);
}
template <unsigned Digits>
double upper_double(const Interval<Digits>& x) {
  return mpfr_get_d(upper(x), MPFR_RNDU);
}

/// These tell whether x is the point 0, and whether it holds 0.
template <unsigned Digits>
bool is_zero(const Interval<Digits>& x) {
  return mpfi_is_zero(raw(x)) != 0;
}
template <unsigned Digits>
bool has_zero(const Interval<Digits>& x) {
  return mpfi_has_zero(raw(x)) != 0;
}

/// Returns 1 where x > 0 for certain, -1 where x < 0 for certain, else 0.
template <unsigned Digits>
int sign(const Interval<Digits>& x) {
  if (mpfi_is_strictly_pos(raw(x)) != 0) return 1;
  return mpfi_is_strictly_neg(raw(x)) != 0 ? -1 : 0;
}

/// Returns |x|.
template <unsigned Digits>
Interval<Digits> magnitude(const Interval<Digits>& x) {
  Interval<Digits> result;
  mpfi_abs(raw(result), raw(x));
  return result;
}

/// Returns x 2^k, exactly.
template <unsigned Digits>
Interval<Digits> scaled(const Interval<Digits>& x, long k) {
  Interval<Digits> result;
  mpfi_mul_2si(raw(result), raw(x), k);
  return result;
}

/// Sets result to a - b.
template <unsigned Digits>
void set_difference(Interval<Digits>& result, double a, double b) {
  mpfi_set_d(raw(result), a);
  mpfi_sub_d(raw(result), raw(result), b);
}

/// Sets result to exp(x). Where x is a point the ends are neighbours, so one correctly rounded
/// exponential gives both.
template <unsigned Digits>
void exponential(Interval<Digits>& result, const Interval<Digits>& x) {
  if (mpfr_equal_p(lower(x), upper(x)) == 0) {
    mpfi_exp(raw(result), raw(x));
    return;
  }
  mpfr_ptr low = &raw(result)->left;
  mpfr_ptr high = &raw(result)->right;
  const bool exact = mpfr_exp(low, lower(x), MPFR_RNDD) == 0;
  mpfr_set(high, low, MPFR_RNDU);
  if (!exact) mpfr_nextabove(high);
}

/// Returns an interval of the precision of N that holds y.
template <class N, unsigned Digits>
requires(!std::is_same_v<N, struct Ball>) N enclosing(const Interval<Digits>& y) {
  N result;
  mpfi_set(raw(result), raw(y));
  return result;
}

/// Returns x itself; other numbers return an interval that holds them.
template <unsigned Digits>
const Interval<Digits>& interval_of(const Interval<Digits>& x) {
  return x;
}

}  // namespace xent::reference
