// SPDX-License-Identifier: MIT
// Findings of verify as text: one line on each implementation, and what did not pass by cause.
#pragma once

#include <string>
#include <vector>

#include <xent/records/results.hpp>

namespace xent::cli {

/// What was found of one implementation, in all element types: a line of totals, then each cause of
/// failures with the number of its checks and the worst of them. `verbose` shows every check that
/// did not pass instead, with those that are not claimed, and the errors of each element type in
/// both units.
std::string findings_text(const std::string& implementation, const std::vector<LawRecord>& laws,
                          const std::vector<AccuracyRecord>& accuracy, bool verbose);

}  // namespace xent::cli
