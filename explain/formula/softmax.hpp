// SPDX-License-Identifier: MIT
// The softmax of a row as a formula takes it.
#pragma once

#include "explain/formula/formula.hpp"

namespace xent::explain {

/// Fills p and what else depends on the logits alone.
void take_softmax(const Arithmetic& arithmetic, Row& row);

/// Does the same where x are given log-probabilities: nothing is normalised.
void take_exponentials(Row& row);

}  // namespace xent::explain
