// SPDX-License-Identifier: MIT
// The logits of a row as a formula takes them.
#pragma once

#include <cstddef>

#include "explain/formula/formula.hpp"

namespace xent::explain {

/// Fills x and its slope, and says whether it is given as a log-probability.
void read_logits(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i, Row& row);

}  // namespace xent::explain
