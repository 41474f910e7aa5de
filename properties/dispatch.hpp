// SPDX-License-Identifier: MIT
// Dispatch: the instruction sets on which an implementation is to be checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <xent/implementation.hpp>

namespace xent::properties {

/// All instruction sets of this machine, best first; one empty name where the implementation is not
/// dispatched.
std::vector<std::string> instruction_sets_of(const Implementation& implementation);

/// Returns the implementation with kernels that compute on that instruction set, the best for an
/// empty name. Throws std::invalid_argument where the machine does not have it.
Implementation on_instruction_set(const Implementation& implementation, std::string_view name);

}  // namespace xent::properties
