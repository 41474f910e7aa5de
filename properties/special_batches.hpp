// SPDX-License-Identifier: MIT
// Special batches: the special rows and special coefficients, as problems with their results.
#pragma once

#include <vector>

#include "properties/policy_row.hpp"

namespace xent::properties {

/// Each special row between two plain ones, which it must not disturb, as labels (where it is
/// one-hot), probs and csr, under every reduction; rows of 19 classes with a special weight at each
/// of them; and one class of a negative weight. Extreme rows are those of the element type.
std::vector<PolicyRow> special_batches(DType dtype);

}  // namespace xent::properties
