// SPDX-License-Identifier: MIT
// Rows against labels in groups: what comes once a row, the logarithm and the division, is then
// computed for a group at a time.
#pragma once

#include <cstddef>
#include <cstdint>

#include <xent/problem.hpp>

#include "impl/driver/row_functions.hpp"

namespace xent::impl {

inline constexpr std::ptrdiff_t short_row_classes = 64;
inline constexpr std::ptrdiff_t medium_row_classes = 4096;
inline constexpr int most_in_group = 64;
inline constexpr int most_swept = 16;

/// How many rows of so many classes make a group: as many as stay in the cache.
constexpr int group_size(std::ptrdiff_t classes) noexcept {
  if (classes <= short_row_classes) return most_in_group;
  return classes <= medium_row_classes ? most_swept : 1;
}

/// Some consecutive rows. In: their logits, labels, and factors w of the loss, which are finite;
/// the gradient of a row is that of w = 1 times w and `scale`. Out: the losses of rows that are
/// wanted; their gradients and log-sum-exps, where they are present.
template <class T>
struct LabelGroup {
  static constexpr bool has_pairs = sizeof(T) == 8;  // a double holds the losses of the others
  static constexpr std::size_t lows_alignment = has_pairs ? 64 : alignof(double);

  alignas(64) double w[most_in_group];  // unless is_uniform
  alignas(64) double loss_hi[most_in_group];
  alignas(lows_alignment) double loss_lo[has_pairs ? most_in_group : 1];
  // 1 but for what is beyond the range
  alignas(lows_alignment) double loss_unit[has_pairs ? most_in_group : 1];
  std::ptrdiff_t own_y[most_in_group];
  const std::ptrdiff_t* y = own_y;  // the labels, in own_y or where they are
  std::uint64_t wanted = 0;         // bit k: row first + k
  std::ptrdiff_t first = 0;
  MatrixView<const T> x = {};      // all rows
  MatrixView<T> g = {};            // all rows
  VectorView<LossOf<T>> lse = {};  // all rows
  Pair scale = {1, 0};
  int count = 0;
  int threads = 1;          // that may share a row
  bool is_uniform = false;  // every w is 1
  bool streams = false;     // the whole gradient is too large for the caches

  /// What the gradient of row k is multiplied by.
  Pair scale_of(int k) const noexcept {
    return factor(k) == 1 ? scale : mul(scale, exactly(factor(k)));
  }

  double factor(int k) const noexcept { return is_uniform ? 1 : w[k]; }

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

  bool wants(int k) const noexcept { return (wanted >> k & 1) != 0; }

  RowOutputs<T> outputs(int k) const noexcept {
    RowOutputs<T> out{.streams = streams, .threads = threads};
    if (g.data != nullptr) out.g = g.row(first + k);
    if (lse.data != nullptr) out.lse = &lse[first + k];
    return out;
  }
};

}  // namespace xent::impl
