// SPDX-License-Identifier: MIT
// Special batches: the special rows as problems with their results.
#pragma once

#include <vector>

#include "properties/policy/policy_row.hpp"

namespace xent::properties {

/// Each special row between two plain ones, which it must not disturb, as labels (where it is
/// one-hot), probs and csr, under every reduction. Extreme rows are those of the element type.
std::vector<PolicyRow> special_batches(DType dtype);

}  // namespace xent::properties
