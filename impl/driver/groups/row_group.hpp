// SPDX-License-Identifier: MIT
// What groups of rows against labels and against soft targets have in common: what is computed once
// a row, its logarithm and its division, is computed for the rows of a group together.
#pragma once

#include <cstddef>
#include <cstdint>

#include <xent/problem.hpp>

#include "impl/arithmetic/scaled_pair.hpp"
#include "impl/driver/groups/group_size.hpp"
#include "impl/driver/row_functions.hpp"

namespace xent::impl {

/// Rows [first, first + count) of a problem, their outputs, and their losses by their places k in
/// the group: a pair each for f64, one double each for other types.
template <class T>
struct RowGroup {
  static constexpr bool has_pairs = sizeof(T) == 8;
  static constexpr std::size_t lows_alignment = has_pairs ? 64 : alignof(double);

  alignas(64) double loss_hi[most_in_group];
  alignas(lows_alignment) double loss_lo[has_pairs ? most_in_group : 1];
  // 1, unless the loss is tiny or beyond the range of double
  alignas(lows_alignment) double loss_unit[has_pairs ? most_in_group : 1];
  MatrixView<const T> x = {};      // all rows
  MatrixView<T> g = {};            // all rows
  VectorView<LossOf<T>> lse = {};  // all rows
  Pair scale = {1, 0};
  std::uint64_t wanted = 0;  // bit k: row first + k
  std::ptrdiff_t first = 0;
  int count = 0;
  int threads = 1;       // how many may share a row
  bool streams = false;  // the whole gradient is too large for the caches

  bool wants(int k) const noexcept { return (wanted >> k & 1) != 0; }

  /// Returns where the gradient and the log-sum-exp of row k go.
  RowOutputs<T> outputs(int k) const noexcept {
    RowOutputs<T> out{.streams = streams, .threads = threads};
    if (g.data != nullptr) out.g = g.row(first + k);
    if (lse.data != nullptr) out.lse = &lse[first + k];
    return out;
  }

  void put_loss(int k, const ScaledPair& loss) noexcept {
    if constexpr (has_pairs) {
      const ScaledPair kept = without_needless_unit(loss);
      loss_hi[k] = kept.value.hi;
      loss_lo[k] = kept.value.lo;
      loss_unit[k] = kept.unit;
    } else {
      const Pair value = unscaled(loss);
      loss_hi[k] = value.hi + value.lo;
    }
  }
  ScaledPair loss(int k) const noexcept {
    if constexpr (has_pairs) return {{loss_hi[k], loss_lo[k]}, loss_unit[k]};
    return {{loss_hi[k], 0}};
  }
};

}  // namespace xent::impl
