// SPDX-License-Identifier: MIT
// Checks the number of threads.

#include "library/arguments/threads.hpp"

#include <string>

#include "library/arguments/fault.hpp"
#include "library/arguments/sized.hpp"

namespace xent::library {
namespace {

constexpr std::int32_t most_threads = 1024;  // include/xent/execution.hpp

}  // namespace

const xent_execution& checked(const xent_execution* execution, xent_execution& whole) {
  whole = {.size = sizeof(xent_execution), .threads = 0, .instruction_set = nullptr};
  if (execution == nullptr) return whole;
  const xent_execution& given = whole_of(*execution, whole);
  if (given.threads < 0 || given.threads > most_threads)
    refuse("threads",
           std::to_string(given.threads) + " is not from 0 to " + std::to_string(most_threads));
  return given;
}

int threads_of(const xent_execution* execution) {
  xent_execution whole;
  const std::int32_t threads = checked(execution, whole).threads;
  return threads == 0 ? 1 : threads;
}

}  // namespace xent::library
