// SPDX-License-Identifier: MIT
// Interval: [lower, upper] with ends of a fixed binary precision; every operation rounds outward.
#pragma once

#include <cstdint>

#include <boost/multiprecision/mpfi.hpp>

namespace xent::reference {

/// An interval whose ends carry `Digits` decimal digits (28 are 95 bits). Made from a float or a
/// double it is that point exactly. Operators and boost::multiprecision::log1p call MPFI.
template <unsigned Digits>
using Interval = boost::multiprecision::number<boost::multiprecision::mpfi_float_backend<Digits>,
                                               boost::multiprecision::et_off>;

template <unsigned Digits>
mpfi_ptr raw(Interval<Digits>& x) {
  return x.backend().data();
}
template <unsigned Digits>
mpfi_srcptr raw(const Interval<Digits>& x) {
  return x.backend().data();
}

/// The ends, as MPFR numbers that live as long as `x`.
template <unsigned Digits>
mpfr_srcptr lower(const Interval<Digits>& x) {
  return &raw(x)->left;
}
template <unsigned Digits>
mpfr_srcptr upper(const Interval<Digits>& x) {
  return &raw(x)->right;
}

/// The ends as doubles, rounded outward once (number::convert_to<float> would round twice). A
/// finite end beyond the range of double becomes the largest double or inf.
template <unsigned Digits>
double lower_double(const Interval<Digits>& x) {
  return mpfr_get_d(lower(x), MPFR_RNDD);
}
template <unsigned Digits>
double upper_double(const Interval<Digits>& x) {
  return mpfr_get_d(upper(x), MPFR_RNDU);
}

/// |x|.
template <unsigned Digits>
Interval<Digits> magnitude(const Interval<Digits>& x) {
  Interval<Digits> result;
  mpfi_abs(raw(result), raw(x));
  return result;
}

/// x 2^k, exact.
template <unsigned Digits>
Interval<Digits> scaled(const Interval<Digits>& x, long k) {
  Interval<Digits> result;
  mpfi_mul_2si(raw(result), raw(x), k);
  return result;
}

/// result = exp(x). Where x is a point the ends are neighbours, so one correctly rounded
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

}  // namespace xent::reference
