// SPDX-License-Identifier: MIT
// Pairwise choices: few combinations of settings that hold every pair of their levels.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace xent::bench {

/// A level of each factor: choice[f] is from 0 to levels[f] - 1.
using Choice = std::vector<std::size_t>;

/// Tells whether the levels of a choice go together. Level 0 of each factor goes with every level of
/// the others.
using Allowed = std::function<bool(const Choice&)>;

/// Returns allowed choices that hold every pair of levels of two factors that an allowed choice can
/// hold, found greedily: not the least number, but the same on every machine. `seed` changes which.
std::vector<Choice> pairwise_choices(std::span<const std::size_t> levels, const Allowed& allowed,
                                     unsigned seed);

/// Returns all allowed choices, the first factor changing slowest.
std::vector<Choice> all_choices(std::span<const std::size_t> levels, const Allowed& allowed);

}  // namespace xent::bench
