// SPDX-License-Identifier: MIT
// Says how many rows against labels make a group, by the number of classes: the logarithms and
// divisions of a group are computed together, and its rows stay in the cache.
#pragma once

#include <cstddef>

namespace xent::impl {

inline constexpr std::ptrdiff_t short_row_classes = 64;     // at most
inline constexpr std::ptrdiff_t medium_row_classes = 4096;  // at most
/// Rows against soft targets are computed in groups up to this number of classes.
template <class T>
inline constexpr std::ptrdiff_t most_soft_classes = sizeof(T) == 8 ? short_row_classes
                                                                   : medium_row_classes;
inline constexpr int most_in_group = 64;  // rows of any length
inline constexpr int most_swept = 16;     // rows that are not short

/// Returns how many rows of so many classes make a group: as many as stay in the cache.
constexpr int group_size(std::ptrdiff_t classes) noexcept {
  if (classes <= short_row_classes) return most_in_group;
  return classes <= medium_row_classes ? most_swept : 1;
}

}  // namespace xent::impl
