// SPDX-License-Identifier: MIT
// The registry makes a table of the implementations that implementations.def names, and finds one
// by its name.

#include <algorithm>

#include <xent/implementation.hpp>

namespace xent {

#define XENT_IMPLEMENTATION(name) extern const Implementation name;
namespace impl {
#include "impl/implementations.def"
}  // namespace impl
#undef XENT_IMPLEMENTATION

std::span<const Implementation* const> implementations() {
#define XENT_IMPLEMENTATION(name) &impl::name,
  static constexpr const Implementation* all[] = {
#include "impl/implementations.def"
  };
#undef XENT_IMPLEMENTATION
  return all;
}

const Implementation* find_implementation(std::string_view name) {
  const auto all = implementations();
  const auto* const* it =
      std::find_if(all.data(), all.data() + all.size(), [&](auto* i) { return i->name == name; });
  return it == all.data() + all.size() ? nullptr : *it;
}

}  // namespace xent
