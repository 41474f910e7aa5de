// SPDX-License-Identifier: MIT
// Lists the instruction sets that Google Highway compiled for and this machine runs, and chooses
// one of them.

#include <algorithm>

#include <hwy/highway.h>
#include <hwy/targets.h>

#include <xent/implementation.hpp>

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

bool use_instruction_set(std::string_view name) {
  const auto& all = targets();
  const auto wanted = std::find_if(all.begin(), all.end(), [&](std::int64_t target) {
    return name.empty() || hwy::TargetName(target) == name;
  });
  if (wanted == all.end()) return false;
  hwy::GetChosenTarget().Update(*wanted);
  return true;
}

}  // namespace xent
