// SPDX-License-Identifier: MIT
// The registry: laws.def as a table.

#include <algorithm>

#include "properties/law.hpp"

namespace xent::properties {

#define XENT_LAW(name) extern const Law name;
namespace law_list {
#include "properties/laws.def"
}  // namespace law_list
#undef XENT_LAW

std::span<const Law* const> laws() {
#define XENT_LAW(name) &law_list::name,
  static constexpr const Law* all[] = {
#include "properties/laws.def"
  };
#undef XENT_LAW
  return all;
}

const Law* find_law(std::string_view name) {
  const auto all = laws();
  const auto* const* it = std::find_if(all.data(), all.data() + all.size(),
                                       [&](const Law* law) { return law->name == name; });
  return it == all.data() + all.size() ? nullptr : *it;
}

}  // namespace xent::properties
