// SPDX-License-Identifier: MIT
// Joined: recipes in which every level of an axis meets every level of every other one.
#pragma once

#include <cstdint>
#include <vector>

#include <xent/contract.hpp>

#include "properties/drawing/levels.hpp"
#include "properties/drawing/scope.hpp"

namespace xent::properties {

/// The levels of that element type about which the law speaks and which lie in the domain, each
/// beside ordinary levels of the other axes.
Drawn drawn_levels(const Scope& scope, DType dtype, const Domain& domain, const Offers& offers);

/// Recipes of these levels that hold each pair of two of them, in few: the fewest needed are the
/// product of the two largest numbers of levels. Each is inside where each of its levels is. The
/// same for the same seed. Empty where an axis has no level.
std::vector<cases::Recipe> joined_recipes(const Drawn& drawn, std::ptrdiff_t min_rows,
                                          bool ignoring, std::uint64_t seed);

}  // namespace xent::properties
