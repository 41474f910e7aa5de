// SPDX-License-Identifier: MIT
// Threads and instruction sets by their names.

#include "library/calls/execution.hpp"

#include <string>
#include <vector>

#include "library/arguments/fault.hpp"
#include "library/arguments/threads.hpp"

namespace xent::library {
namespace {

InstructionSet instruction_set_of(const char* name) {
  if (name == nullptr) return InstructionSet::best;
  if (*name == '\0') refuse("instruction_set", "is an empty name");
  if (const auto found = find_instruction_set(name)) return *found;
  std::string all;
  for (const std::string& one : instruction_sets()) all += (all.empty() ? "" : ", ") + one;
  refuse_unsupported("instruction_set",
                     "\"" + std::string(name) + "\" is none of this library and machine: " + all);
}

}  // namespace

Execution execution_of(const xent_execution* execution) {
  if (execution == nullptr) return {};
  xent_execution whole;
  const xent_execution& given = checked(execution, whole);
  return {.threads = given.threads == 0 ? 1 : given.threads,
          .instruction_set = instruction_set_of(given.instruction_set)};
}

}  // namespace xent::library

const char* xent_instruction_set(size_t i) {
  try {
    static const std::vector<std::string> all = xent::instruction_sets();
    return i < all.size() ? all[i].c_str() : nullptr;
  } catch (...) {  // there is no memory for the names
    return nullptr;
  }
}
