// SPDX-License-Identifier: MIT
// Reliability: what a record says of the samples it was made of, and whether it can be relied on.
#pragma once

#include <span>
#include <string>

#include <xent/records/results.hpp>

#include "bench/rounds.hpp"

namespace xent::bench {

/// A median that many times the minimum says that the machine was busy, by whatever cause.
inline constexpr double most_above_minimum = 1.25;

/// Nothing is faster than its roof; so much is left to rounding and to the clock.
inline constexpr double least_multiple = 0.995;

/// Fills in times, spread and samples, the multiple of the roof from the roofs of the same rounds
/// (none where `crowded`), and why the figure is unreliable, if it is.
void set_times(const Series& series, std::span<const RoofRecord> roofs, bool crowded,
               TimingRecord& record);

/// Why times like these cannot be relied on: others ran, the median is far above the minimum, or
/// the figure is below its roof. "" where they can.
std::string unreliable(const TimingRecord& record);

}  // namespace xent::bench
