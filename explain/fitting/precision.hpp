// SPDX-License-Identifier: MIT
// The precision of results: which format holds them all.
#pragma once

#include "explain/fitting/given.hpp"

namespace xent::explain {

/// Takes the formats that the doubt states; else the narrowest that holds every result, where at
/// least 4 of them are numbers but 0: by chance a number of f32 is one of bf16 once in 2^16 times.
Precision precision_of(const Doubt& doubt);

}  // namespace xent::explain
