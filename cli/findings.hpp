// SPDX-License-Identifier: MIT
// Findings of verify as text: one line on each subject, and what did not pass.
#pragma once

#include <string>
#include <vector>

#include <xent/record.hpp>

namespace xent::cli {

/// Prints to standard output. `subject` is for instance "simd f32".
void print_findings(const std::string& subject, const std::vector<LawRecord>& laws,
                    const std::vector<AccuracyRecord>& accuracy);

}  // namespace xent::cli
