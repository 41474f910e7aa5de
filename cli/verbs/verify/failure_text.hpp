// SPDX-License-Identifier: MIT
// Failure text: a cause of failures as verify prints it.
#pragma once

#include <string>

#include "cli/verbs/verify/failures.hpp"

namespace xent::cli {

/// Some lines: what does not hold and in how many checks; of the worst its case, what was got and
/// what is exact in decimal and hexadecimal, the error in ulp beside its bound, the logits of the
/// row where they can be read, and the command that repeats it.
std::string to_text(const Cause& cause);

}  // namespace xent::cli
