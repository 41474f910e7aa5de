// SPDX-License-Identifier: MIT
// Rounds an exact value once to the nearest number of a format, ties to even.
#pragma once

#include <optional>

#include <xent/element.hpp>

#include "reference/exact.hpp"

namespace xent::reference {

/// Returns the number of `format` nearest to y: an infinity from the largest number and half an ulp
/// on, a subnormal number or a zero of y's sign below the normal numbers, +0 where y = 0, and the
/// special value where there is one. Returns nothing where the enclosure of y holds numbers that
/// round differently; an end on a tie is no such number where y is known to be neither end.
/// Instantiated for the intervals of number.hpp.
template <unsigned Digits>
std::optional<double> rounded(const Exact<Interval<Digits>>& exact, Format format);

/// Tells whether all numbers of the enclosure round to 0, of either sign.
template <unsigned Digits>
bool rounds_to_0(const Exact<Interval<Digits>>& exact, Format format);

}  // namespace xent::reference
