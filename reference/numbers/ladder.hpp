// SPDX-License-Identifier: MIT
// The ladder of numbers, from fast to fine. What one number leaves undecided the next decides:
//
//   Ball            double-double with an error bound            (ball.hpp)
//   Interval<28>    MPFI with 28 decimal digits (95 bits)        (interval.hpp)
//   Interval<56>    and so on, doubled, to the last, Interval<896>, which holds sums of products of
//                   doubles of usual sizes exactly
#pragma once

#include <type_traits>

#include "reference/numbers/number.hpp"

namespace xent::reference {

/// Finer<N>::type is the next finer number, void after the last.
template <class N>
struct Finer;
template <>
struct Finer<Ball> {
  using type = Interval<28>;
};
template <unsigned Digits>
struct Finer<Interval<Digits>> {
  using type = Interval<2 * Digits>;
};
template <>
struct Finer<Interval<896>> {
  using type = void;
};

/// The last number.
using Finest = Interval<896>;
inline constexpr long finest_bits = 2976;  // its precision, rounded down

/// True for the last number.
template <class N>
inline constexpr bool is_finest = std::is_same_v<N, Finest>;

/// Expands F(N) for each number, for explicit instantiations.
#define XENT_FOR_EACH_NUMBER(F) \
  F(Ball)                       \
  F(Interval<28>)               \
  F(Interval<56>) F(Interval<112>) F(Interval<224>) F(Interval<448>) F(Interval<896>)

}  // namespace xent::reference
