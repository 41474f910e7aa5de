// SPDX-License-Identifier: MIT
// The special values of the second method: the rows that the policy answers and not the formula.
#pragma once

#include <optional>

#include "reference/definition.hpp"

namespace xent::reference {

/// Nothing where the formula holds, which may still give a loss of +inf or -inf: masked classes.
std::optional<DefinedRow> special_row(const RowProblem& row);

}  // namespace xent::reference
