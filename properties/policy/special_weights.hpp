// SPDX-License-Identifier: MIT
// Special weights: problems of one row with their results.
#pragma once

#include <vector>

#include "properties/policy/policy_row.hpp"

namespace xent::properties {

/// Rows of 19 classes with a weight of NaN, +inf, 0 or -1 at each of them; one class of a negative
/// weight; and a mean over weights that add up to 0.
std::vector<PolicyRow> special_weights();

}  // namespace xent::properties
