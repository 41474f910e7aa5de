// SPDX-License-Identifier: MIT
// Rounding: an exact value to the nearest number of a format, ties to even, rounded once.
#pragma once

#include <optional>

#include <xent/element.hpp>

#include "reference/exact.hpp"

namespace xent::reference {

/// The number of `format` nearest to y: an infinity from the largest number and half an ulp on, a
/// subnormal or a zero of y's sign below; +0 where y = 0. Nothing where the enclosure of y leaves
/// two numbers open. Where y is known to be neither end of its enclosure, an end on a tie does not.
/// For the intervals of number.hpp.
template <unsigned Digits>
std::optional<double> rounded(const Exact<Interval<Digits>>& exact, Format format);

}  // namespace xent::reference
