// SPDX-License-Identifier: MIT
// Shapes of the command line.
#pragma once

#include <string>
#include <vector>

#include "bench/plan.hpp"

namespace xent::cli {

/// The shapes NxC of a comma-separated list, such as "4096x10,16x10000". Throws UsageError for what
/// is none: N and C are positive integers, in decimal digits alone.
std::vector<bench::Shape> shapes_of(const std::string& list);

}  // namespace xent::cli
