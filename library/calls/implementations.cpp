// SPDX-License-Identifier: MIT
// Lists the implementations, and finds one by its name.

#include <algorithm>

#include <xent.h>

#include "library/arguments/fault.hpp"
#include "library/calls/handles.hpp"

namespace xent::library {

const Implementation& the_implementation(const char* field, const xent_implementation* handle) {
  if (handle == nullptr) refuse(field, "is null");
  const auto all = implementations();
  const auto* const* found = std::find_if(all.data(), all.data() + all.size(),
                                          [&](auto* one) { return handle_of(one) == handle; });
  if (found == all.data() + all.size()) refuse(field, "is no implementation of this library");
  return **found;
}

}  // namespace xent::library

using xent::library::handle_of;

size_t xent_implementation_count(void) { return xent::implementations().size(); }

const xent_implementation* xent_implementation_at(size_t i) {
  const auto all = xent::implementations();
  return i < all.size() ? handle_of(all[i]) : nullptr;
}

const xent_implementation* xent_find(const char* name) {
  return name == nullptr ? nullptr : handle_of(xent::find_implementation(name));
}
