// SPDX-License-Identifier: MIT
// The options of a problem of the C interface.
#pragma once

#include <xent.h>

#include <xent/problem.hpp>

namespace xent::library {

/// Returns the options. Throws Fault of the field that is out of its range, or has no meaning
/// beside the targets, the weight or the input that are given.
Options options_of(const xent_problem& problem);

}  // namespace xent::library
