// SPDX-License-Identifier: MIT
// Tier bounds: what a kernel of a plugin is judged by.
#pragma once

#include <functional>

#include <xent/contract.hpp>

#include "plugin/wire.hpp"

namespace xent::plugin {

/// The bounds of a tier, for logits of type T, as constants where the tier is a number of ulp, and
/// those of log_sum_exp, the textbook formula, for `stable` and `none`; but in the place of each
/// one that the plugin states for a row, which is not all 0, stands that. An absolute error of a
/// component counts in its scale, 1/N of a mean.
template <class T>
Bounds bounds_of(Tier tier, const std::function<WireBounds(const RowFacts&)>& stated);

}  // namespace xent::plugin
