// SPDX-License-Identifier: MIT
// How a call computes, as the C interface says it.
#pragma once

#include <xent.h>

#include <xent/execution.hpp>

namespace xent::library {

/// Returns how to compute; null and 0 are one thread and the best instruction set. Throws Fault.
Execution execution_of(const xent_execution* given);

}  // namespace xent::library
