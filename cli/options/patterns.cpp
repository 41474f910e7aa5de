// SPDX-License-Identifier: MIT
// Matching patterns, and cutting lists.

#include "cli/options/patterns.hpp"

#include <algorithm>

#include "system/nearest_names.hpp"

namespace xent::cli {

bool matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*')
    return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
  if (text.empty()) return false;
  if (pattern.front() != '?' && !same_name(pattern.substr(0, 1), text.substr(0, 1))) return false;
  return matches(pattern.substr(1), text.substr(1));
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    parts.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace xent::cli
