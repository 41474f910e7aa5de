// SPDX-License-Identifier: MIT
// The list of the implementations for people.
#pragma once

#include <vector>

#include <xent/implementation.hpp>

namespace xent::cli {

/// A table of tiers and costs, what each implementation takes and does not claim, and the
/// instruction sets, on standard output.
void print_list(const std::vector<const Implementation*>& all);

}  // namespace xent::cli
