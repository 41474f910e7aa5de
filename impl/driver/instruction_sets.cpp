// SPDX-License-Identifier: MIT
// Lists the instruction sets that Google Highway compiled for and this machine runs.

#include "impl/driver/instruction_sets.hpp"

#include <algorithm>

#include <hwy/highway.h>
#include <hwy/targets.h>

namespace xent {
namespace {

const std::vector<std::int64_t>& targets() {
  static const std::vector<std::int64_t> all = [] {
    std::vector<std::int64_t> found = hwy::SupportedAndGeneratedTargets();
    std::sort(found.begin(), found.end());  // Highway numbers the better targets lower
    return found;
  }();
  return all;
}

}  // namespace

std::vector<std::string> instruction_sets() {
  std::vector<std::string> names;
  for (const std::int64_t target : targets()) names.emplace_back(hwy::TargetName(target));
  return names;
}

std::optional<InstructionSet> find_instruction_set(std::string_view name) {
  if (name.empty()) return InstructionSet::best;
  for (const std::int64_t target : targets())
    if (hwy::TargetName(target) == name) return InstructionSet{target};
  return std::nullopt;
}

std::int64_t impl::target_of(InstructionSet set) noexcept {
  static const std::int64_t all = hwy::SupportedTargets();
  return set == InstructionSet::best ? all : static_cast<std::int64_t>(set) & all;
}

}  // namespace xent
