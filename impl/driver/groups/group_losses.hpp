// SPDX-License-Identifier: MIT
// The losses of the rows of a group.
#pragma once

#include <cstddef>

#include "impl/arithmetic/scaled_pair.hpp"
#include "impl/driver/groups/group_size.hpp"

namespace xent::impl {

/// The losses of up to most_in_group rows of T, by their places k in the group: a pair each for
/// f64, one double each for other types.
template <class T>
struct GroupLosses {
  static constexpr bool has_pairs = sizeof(T) == 8;
  static constexpr std::size_t lows_alignment = has_pairs ? 64 : alignof(double);

  alignas(64) double loss_hi[most_in_group];
  alignas(lows_alignment) double loss_lo[has_pairs ? most_in_group : 1];
  // 1, or huge_unit where the loss is beyond the range of double
  alignas(lows_alignment) double loss_unit[has_pairs ? most_in_group : 1];

  void put_loss(int k, const ScaledPair& loss) noexcept {
    const bool is_beyond = has_pairs && loss.unit > 1;
    const Pair value = is_beyond ? loss.value : unscaled(loss);
    loss_hi[k] = has_pairs ? value.hi : value.hi + value.lo;
    if constexpr (has_pairs) loss_lo[k] = value.lo;
    if constexpr (has_pairs) loss_unit[k] = is_beyond ? loss.unit : 1;
  }
  ScaledPair loss(int k) const noexcept {
    if constexpr (has_pairs) return {{loss_hi[k], loss_lo[k]}, loss_unit[k]};
    return {{loss_hi[k], 0}};
  }
};

}  // namespace xent::impl
