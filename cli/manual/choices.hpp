// SPDX-License-Identifier: MIT
// Choices: the names that the values of some options may have, from the lists that the options are
// read by.
#pragma once

#include <string>
#include <vector>

namespace xent::cli {

/// Returns the names that the value of that option or argument may have: of "dtype" f32, f64, bf16
/// and f16. None where any text may be a value, and where the names depend on the machine.
std::vector<std::string> choices_of(const std::string& option);

}  // namespace xent::cli
