// SPDX-License-Identifier: MIT
// How many threads a call may use.
#pragma once

#include <xent.h>

namespace xent::library {

/// Returns what the caller's struct says with the fields of this library: `whole` where the struct is
/// null or of another version. Throws Fault where the number of threads is out of range.
const xent_execution& checked(const xent_execution* given, xent_execution& whole);

/// Returns the number of threads, 1 where none is said. Throws Fault.
int threads_of(const xent_execution* given);

}  // namespace xent::library
