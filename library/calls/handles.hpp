// SPDX-License-Identifier: MIT
// An xent_implementation of the C interface is an Implementation of the registry.
#pragma once

#include <xent.h>

#include <xent/implementation.hpp>

namespace xent::library {

inline const xent_implementation* handle_of(const Implementation* implementation) {
  return reinterpret_cast<const xent_implementation*>(implementation);
}

/// Returns the implementation. Throws Fault where it is none of the registry.
const Implementation& the_implementation(const char* field, const xent_implementation* handle);

}  // namespace xent::library
