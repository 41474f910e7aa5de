// SPDX-License-Identifier: MIT
// The instruction sets on which an implementation is to be checked.

#include "properties/dispatch.hpp"

#include <stdexcept>

namespace xent::properties {

std::vector<std::string> instruction_sets_of(const Implementation& implementation) {
  return implementation.dispatched ? instruction_sets() : std::vector<std::string>{""};
}

Implementation on_instruction_set(const Implementation& implementation, std::string_view name) {
  const auto set = find_instruction_set(name);
  if (!set) throw std::invalid_argument("no such instruction set: " + std::string(name));
  return implementation.with({.instruction_set = *set});
}

}  // namespace xent::properties
