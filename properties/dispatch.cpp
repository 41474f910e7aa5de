// SPDX-License-Identifier: MIT
// Choosing an instruction set for a while.

#include "properties/dispatch.hpp"

#include <stdexcept>

namespace xent::properties {

std::vector<std::string> instruction_sets_of(const Implementation& implementation) {
  return implementation.dispatched ? instruction_sets() : std::vector<std::string>{""};
}

UsedInstructionSet::UsedInstructionSet(std::string_view name) {
  if (!use_instruction_set(name))
    throw std::invalid_argument("no such instruction set: " + std::string(name));
}

UsedInstructionSet::~UsedInstructionSet() { use_instruction_set(""); }

}  // namespace xent::properties
