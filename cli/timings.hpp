// SPDX-License-Identifier: MIT
// Timings of bench as text: a table of them, one of the roofs, and what was not timed.
#pragma once

#include "bench/engine.hpp"

namespace xent::cli {

/// Prints to standard output.
void print_timings(const bench::Measurements& found);

}  // namespace xent::cli
