// SPDX-License-Identifier: MIT
// Measured text: the errors of a kernel that promises none, and the tier that they would deserve.
#pragma once

#include <string>
#include <vector>

#include <xent/records/results.hpp>

namespace xent::cli {

/// A line for each element type and quantity, and one for the tier; "" where bounds are promised.
std::string measured_text(const std::vector<AccuracyRecord>& accuracy);

}  // namespace xent::cli
