// SPDX-License-Identifier: MIT
// A row of given log-probabilities or probabilities by the second method, with no code of the
// first.
#pragma once

#include "reference/definition/definition.hpp"

namespace xent::reference {

/// Returns loss and gradient of a row whose input is not logits, computed with `bits` bits.
DefinedRow defined_given_row(const RowProblem& row, long bits);

}  // namespace xent::reference
