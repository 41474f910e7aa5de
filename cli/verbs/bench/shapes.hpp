// SPDX-License-Identifier: MIT
// Shapes of the command line.
#pragma once

#include <string>
#include <vector>

#include "bench/plan.hpp"

namespace xent::cli {

/// The shapes NxC, or NxCxd1x..., of a comma-separated list, such as "4096x10,4x21x512x512": their
/// numbers are positive integers, in decimal digits alone. They lie in that layout; where it is ""
/// those of two axes in rows, those of more with the classes on axis 1. Throws UsageError for what
/// is none.
std::vector<bench::Shape> shapes_of(const std::string& list, const std::string& layout);

/// The shape NxC, which lies in that layout, "" being rows.
bench::Shape shape_of(std::ptrdiff_t rows, std::ptrdiff_t classes, const std::string& layout);

}  // namespace xent::cli
