// SPDX-License-Identifier: MIT
// Says how many rows make a group, by the number of classes: what comes once a row, its logarithms
// and divisions, is computed for a group together, and its rows stay in the cache.
#pragma once

#include <cstddef>

namespace xent::impl {

/// The most classes of rows that are computed with a row in each lane: in lanes of floats, in lanes
/// of doubles, where logits of f64 are, and mapped logits of f32 and 16 bits, in lanes of doubles
/// too. Rows of more are swept faster (docs/performance.md).
inline constexpr std::ptrdiff_t short_row_classes = 256;
inline constexpr std::ptrdiff_t double_lane_classes = 384;
inline constexpr std::ptrdiff_t mapped_lane_classes = 640;

/// The one of the two that holds for logits of T that are not mapped.
template <class T>
inline constexpr std::ptrdiff_t lane_classes = sizeof(T) == 8 ? double_lane_classes
                                                              : short_row_classes;
inline constexpr std::ptrdiff_t few_classes = 64;           // of rows in groups of most_in_group
inline constexpr std::ptrdiff_t medium_row_classes = 4096;  // the most that are grouped
inline constexpr int most_in_group = 64;
inline constexpr int most_mapped = 16;  // rows of mapped logits of f32 and 16 bits
inline constexpr int most_swept = 16;   // rows that are not in lanes

/// What the lanes of a group hold: logits of f32 and 16 bits, those of f64, or those of f32 and 16
/// bits that are mapped, which are doubles.
enum class LanesOf { floats, doubles, mapped_floats };

template <class T>
constexpr LanesOf lanes_of(bool is_mapped) noexcept {
  if (sizeof(T) == 8) return LanesOf::doubles;
  return is_mapped ? LanesOf::mapped_floats : LanesOf::floats;
}

/// Returns how many rows of so many classes make a group.
constexpr int group_size(std::ptrdiff_t classes, LanesOf lanes) noexcept {
  if (classes > medium_row_classes) return 1;
  if (classes <= few_classes && lanes != LanesOf::mapped_floats) return most_in_group;
  if (lanes != LanesOf::floats && classes > medium_row_classes / 2) return most_swept / 2;
  return most_swept;
}

}  // namespace xent::impl
