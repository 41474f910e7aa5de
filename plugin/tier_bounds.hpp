// SPDX-License-Identifier: MIT
// Tier bounds: what a kernel of a plugin is judged by.
#pragma once

#include <array>

#include <xent/contract.hpp>

namespace xent::plugin {

/// The bounds of a tier, for logits of type T, as constants where the tier is a number of ulp, and
/// those of log_sum_exp, the textbook formula, for `stable` and `none`; but in the place of each
/// one that the plugin states (ulp, relative, absolute; of the loss, the gradient, the log-sum-exp)
/// stands that. An absolute error of a component counts in its scale, 1/N of a mean.
template <class T>
Bounds bounds_of(Tier tier, const std::array<std::array<double, 3>, 3>& stated);

}  // namespace xent::plugin
