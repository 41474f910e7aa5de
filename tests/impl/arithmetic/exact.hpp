// SPDX-License-Identifier: MIT
// Exact numbers, and drawn numbers, for the tests of the arithmetic.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <rapidcheck.h>

#include "impl/arithmetic/double_word.hpp"

namespace xent::tests {

/// A number of 1024 decimal digits: sums and products of the numbers that are drawn here are exact
/// in it, and quotients err by 2^-3400.
using Exact = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<1024>>;

inline Exact exact(impl::Pair a) { return Exact(a.hi) + a.lo; }
template <class A>
Exact exact(impl::DoubleWord<A> a) {
  return Exact(a.hi) + a.lo;
}

/// The unit roundoff of A.
template <class A>
inline constexpr A roundoff = std::numeric_limits<A>::epsilon() / 2;

/// Draws a number of either sign in [2^low, 2^high). Its last bits are the first that are drawn, so
/// numbers next to powers of two are frequent.
template <class A>
A draw_number(int low, int high) {
  constexpr int bits = std::numeric_limits<A>::digits - 1;
  const auto fraction = *rc::gen::arbitrary<std::uint64_t>() & ((std::uint64_t{1} << bits) - 1);
  const A size = 1 + std::ldexp(static_cast<A>(fraction), -bits);
  const bool is_negative = *rc::gen::arbitrary<bool>();
  return std::ldexp(is_negative ? -size : size, *rc::gen::inRange(low, high));
}

/// Draws a double word whose high part is in [2^low, 2^high), and whose low part is up to half of a
/// last place of it.
template <class A>
impl::DoubleWord<A> draw_word(int low, int high) {
  const A hi = draw_number<A>(low, high);
  const int below = -std::numeric_limits<A>::digits - 1;
  return impl::exact_sum(hi, std::ldexp(draw_number<A>(below - 8, below), std::ilogb(hi)));
}

/// Draws two of them; in half of all draws the second cancels the first but for a few last places.
template <class A>
void draw_words(int low, int high, impl::DoubleWord<A>& a, impl::DoubleWord<A>& b) {
  a = draw_word<A>(low, high);
  b = draw_word<A>(low, high);
  if (*rc::gen::arbitrary<bool>())
    b = impl::exact_sum(-a.hi, std::ldexp(b.lo, std::ilogb(a.hi) - std::ilogb(b.hi)));
}

inline impl::Pair draw_pair(int low, int high) { return pair_of(draw_word<double>(low, high)); }

/// Tells whether `got` is within `bound` times `size` of `expected`.
inline bool is_near(const Exact& got, const Exact& expected, double bound, const Exact& size) {
  return abs(got - expected) <= bound * abs(size);
}
inline bool is_near(const Exact& got, const Exact& expected, double bound) {
  return is_near(got, expected, bound, expected);
}

}  // namespace xent::tests
