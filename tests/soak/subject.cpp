// SPDX-License-Identifier: MIT
// Choosing subjects by patterns.
#include "tests/soak/subject.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

#include <fnmatch.h>

#include "properties/dispatch.hpp"

namespace xent::soak {
namespace {

bool matches(const std::string& patterns, std::string_view name) {
  std::istringstream list(patterns);
  for (std::string pattern; std::getline(list, pattern, ',');)
    if (fnmatch(pattern.c_str(), std::string(name).c_str(), 0) == 0) return true;
  return false;
}

}  // namespace

std::vector<Subject> subjects_of(const std::vector<const Implementation*>& implementations,
                                 const std::string& patterns, const std::string& instruction_set) {
  std::vector<Subject> subjects;
  for (const Implementation* one : implementations) {
    if (!matches(patterns, one->name)) continue;
    for (const std::string& name : properties::instruction_sets_of(*one))
      if (name.empty() || instruction_set.empty() || name == instruction_set)
        subjects.push_back({one, name});
  }
  return subjects;
}

}  // namespace xent::soak
