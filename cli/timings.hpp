// SPDX-License-Identifier: MIT
// Timings of bench as text: a table of them, one of the roofs, what is unreliable and what was not
// timed.
#pragma once

#include <cstdint>
#include <string>

#include "bench/engine.hpp"

namespace xent::cli {

/// "1.5 %" of 0.015.
std::string percent_text(double share);

/// What is to be said of more threads than cores; "" of fewer.
std::string crowd_text(int threads, std::int64_t cores);

/// The shape of the record: "4096x10", of more axes "4x21x262144".
std::string shape_text(const TimingRecord& timed);

/// Prints to standard output.
void print_timings(const bench::Measurements& found);

}  // namespace xent::cli
