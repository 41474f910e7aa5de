// SPDX-License-Identifier: MIT
// The registry makes a table of the implementations that implementations.def names, to which others
// may be added, and finds one by its name.

#include <algorithm>
#include <vector>

#include <xent/implementation.hpp>

namespace xent {

#define XENT_IMPLEMENTATION(name) extern const Implementation name;
namespace impl {
#include "impl/implementations.def"
}  // namespace impl
#undef XENT_IMPLEMENTATION

namespace {

/// Returns the table, which grows by what is added.
std::vector<const Implementation*>& table() {
#define XENT_IMPLEMENTATION(name) &impl::name,
  static std::vector<const Implementation*> all = {
#include "impl/implementations.def"
  };
#undef XENT_IMPLEMENTATION
  return all;
}

}  // namespace

std::span<const Implementation* const> implementations() { return table(); }

void add_implementation(const Implementation& implementation) {
  table().push_back(&implementation);
}

const Implementation* find_implementation(std::string_view name) {
  const auto all = implementations();
  const auto* const* it =
      std::find_if(all.data(), all.data() + all.size(), [&](auto* i) { return i->name == name; });
  return it == all.data() + all.size() ? nullptr : *it;
}

}  // namespace xent
