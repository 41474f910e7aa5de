// SPDX-License-Identifier: MIT
// Checks that the options of a problem go together.
#pragma once

#include <string_view>

#include "cli/problem/problem_options.hpp"

namespace xent::cli {

/// Returns the options of the problem that are no arrays. Reads no file. Throws UsageError where the
/// options name no form of targets or several, do not go together, or have a name for a value that
/// is not known.
Options checked_options(const ProblemOptions& options);

/// Throws UsageError where the input is no logits: the `results`, names of options, need them.
void require_input_of_logits(const ProblemOptions& options, std::string_view results);

}  // namespace xent::cli
