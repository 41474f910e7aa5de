// SPDX-License-Identifier: MIT
// The loss that was computed, as text and as JSON.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "cli/problem/problem_files.hpp"
#include "cli/verbs/eval/numbers.hpp"

namespace xent::cli {

/// A line on each, with the shortest text that reads back as the same number of its type, of 16-bit
/// types as the same f32; NaN without a sign.
std::string to_text(const Numbers& loss);

/// The loss and what it is of: one number, or for Reduction::none a list. JSON has no inf and no
/// NaN: those are strings.
nlohmann::ordered_json to_json(const Numbers& loss, const std::string& implementation,
                               const ProblemFiles& files);

}  // namespace xent::cli
