// SPDX-License-Identifier: MIT
// The numbers are the arithmetics in which an enclosure can be computed. A number is an interval
// that holds the exact value, and every operation keeps that: a Ball, double-double with an error
// bound (ball.hpp), or an Interval<Digits> of MPFI (interval.hpp). Besides + - * / and their
// assignments with another N or a double, a number N offers:
//
//   N(), N(double)                       0; that point
//   lower_double(x), upper_double(x)     its ends, rounded outward to double; -inf, inf: unknown
//   magnitude(x), scaled(x, k)           |x|; x 2^k
//   is_zero(x), has_zero(x)              whether it is the point 0; whether it holds 0
//   sign(x)                              1 or -1 where all of it is above or below 0, else 0
//   set_difference(r, a, b)              r = a - b, for doubles
//   exponential(r, x)                    r = exp(x), for an x that is <= 0 but for its uncertainty
//   between<N>(a, b), unknown<N>()       all reals in [a, b]; all reals
//   log1p(x)                             for x > -1/2
//   enclosing<N>(y)                      an N that holds y, an Interval of any precision
//   interval_of(x)                       an Interval that holds x
#pragma once

#include <limits>

#include "reference/numbers/ball.hpp"
#include "reference/numbers/interval.hpp"

namespace xent::reference {

/// Returns all reals from a to b.
template <class N>
N between(double a, double b) {
  Interval<28> all;
  mpfi_interv_d(raw(all), a, b);
  return enclosing<N>(all);
}

/// Returns all reals, the result where nothing is known.
template <class N>
N unknown() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return between<N>(-infinity, infinity);
}

}  // namespace xent::reference
