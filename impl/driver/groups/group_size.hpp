// SPDX-License-Identifier: MIT
// Says how many rows make a group, by the number of classes: what comes once a row, its logarithms
// and divisions, is computed for a group together, and its rows stay in the cache.
#pragma once

#include <cstddef>

namespace xent::impl {

/// The most classes of rows that are computed with a row in each lane: in lanes of floats, and in
/// lanes of doubles, where logits of f64 and mapped logits are. Rows of more are swept faster
/// (docs/performance.md).
inline constexpr std::ptrdiff_t short_row_classes = 160;
inline constexpr std::ptrdiff_t double_lane_classes = 384;

/// The one of the two that holds for logits of T that are not mapped.
template <class T>
inline constexpr std::ptrdiff_t lane_classes = sizeof(T) == 8 ? double_lane_classes
                                                              : short_row_classes;
inline constexpr std::ptrdiff_t few_classes = 64;           // of rows in groups of most_in_group
inline constexpr std::ptrdiff_t medium_row_classes = 4096;  // the most that are grouped
inline constexpr int most_in_group = 64;                    // rows in lanes of floats
inline constexpr int most_in_doubles = 16;                  // rows in lanes of doubles
inline constexpr int most_swept = 16;                       // rows that are not in lanes

/// Returns how many rows of so many classes make a group; `in_doubles` says whether they are, where
/// they are in lanes, in lanes of doubles.
constexpr int group_size(std::ptrdiff_t classes, bool in_doubles) noexcept {
  if (classes > medium_row_classes) return 1;
  if (!in_doubles) return classes <= few_classes ? most_in_group : most_swept;
  return classes <= medium_row_classes / 2 ? most_in_doubles : most_in_doubles / 2;
}

}  // namespace xent::impl
