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

/// Uses an instruction set (an empty name: the best) as long as it lives, then the best again.
/// Throws std::invalid_argument where the machine does not have it.
class UsedInstructionSet {
 public:
  explicit UsedInstructionSet(std::string_view name);
  UsedInstructionSet(const UsedInstructionSet&) = delete;
  UsedInstructionSet& operator=(const UsedInstructionSet&) = delete;
  ~UsedInstructionSet();
};

}  // namespace xent::properties
