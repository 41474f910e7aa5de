// SPDX-License-Identifier: MIT
// Turns every fault into one line on standard error and an exit code.
#pragma once

#include <string>

#include "cli/verb.hpp"

namespace xent::cli {

/// Says "where: text" in one line, and returns the code.
int fault(const std::string& where, std::string text, int code);

/// Runs the action of the verb that `where` names, and returns its exit code or that of what it
/// throws. Standard output that cannot be written is a fault too.
int run_action(const std::string& where, const std::string& command, const Action& action);

}  // namespace xent::cli
