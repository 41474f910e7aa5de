// SPDX-License-Identifier: MIT
// The logits of a row as a formula takes them, and their softmax.
#pragma once

#include <cstddef>

#include "explain/formula/formula.hpp"

namespace xent::explain {

/// Fills x and its slope.
void read_logits(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i, Row& row);

/// Fills p and what else depends on the logits alone.
void take_softmax(const Arithmetic& arithmetic, Row& row);

}  // namespace xent::explain
