// SPDX-License-Identifier: MIT
// Chooses the target of Highway that HWY_DYNAMIC_DISPATCH calls in a test of functions in lanes.
#pragma once

#include <string_view>

#include <hwy/targets.h>

#include <xent/execution.hpp>

#include "impl/driver/instruction_sets.hpp"

namespace xent::tests {

/// Chooses the target of that instruction set as long as it lives, then the best one again.
class ChosenTarget {
 public:
  explicit ChosenTarget(std::string_view name) { choose(find_instruction_set(name).value()); }
  ChosenTarget(const ChosenTarget&) = delete;
  ChosenTarget& operator=(const ChosenTarget&) = delete;
  ~ChosenTarget() { choose(InstructionSet::best); }

 private:
  static void choose(InstructionSet set) { hwy::GetChosenTarget().Update(impl::target_of(set)); }
};

}  // namespace xent::tests
