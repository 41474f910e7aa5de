// SPDX-License-Identifier: MIT
// Checks that the options of a problem go together.
#pragma once

#include "cli/problem/problem_options.hpp"

namespace xent::cli {

/// Returns the options of the problem that are no arrays. Reads no file. Throws UsageError where the
/// options name no form of targets or several, do not go together, or have a name for a value that
/// is not known.
Options checked_options(const ProblemOptions& options);

}  // namespace xent::cli
