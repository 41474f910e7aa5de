// SPDX-License-Identifier: MIT
// The special values of the second method: the results of rows that the policy decides and not the
// formula.
#pragma once

#include <optional>

#include "reference/definition/definition.hpp"

namespace xent::reference {

/// Returns the results of a row that the policy decides, or nothing where the formula holds; with
/// masked classes the formula may still give a loss of +inf or -inf.
std::optional<DefinedRow> special_row(const RowProblem& row);

}  // namespace xent::reference
