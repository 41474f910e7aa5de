// SPDX-License-Identifier: MIT
// A group of rows against labels. What is computed once a row, its logarithm and its division, is
// computed for the rows of a group together.
#pragma once

#include <cstddef>
#include <cstdint>

#include <xent/problem.hpp>

#include "impl/driver/groups/group_losses.hpp"
#include "impl/driver/groups/group_size.hpp"
#include "impl/driver/row_functions.hpp"

namespace xent::impl {

/// Rows [first, first + count) of a problem, with what a group function reads and writes. It reads
/// their logits, their labels, and the factors w of their losses, which are finite; it writes the
/// losses of the wanted rows, times w, and, where g and lse are present, their gradients, times w
/// and `scale`, and their log-sum-exps.
template <class T>
struct LabelGroup : GroupLosses<T> {
  alignas(64) double w[most_in_group];  // unless is_uniform
  std::ptrdiff_t own_y[most_in_group];
  const std::ptrdiff_t* y = own_y;  // the labels, in own_y or where they are
  std::uint64_t wanted = 0;         // bit k: row first + k
  std::uint64_t ignored = 0;        // likewise
  std::ptrdiff_t first = 0;
  MatrixView<const T> x = {};      // all rows
  MatrixView<T> g = {};            // all rows
  VectorView<LossOf<T>> lse = {};  // all rows
  Pair scale = {1, 0};
  int count = 0;
  int threads = 1;                    // how many may share a row
  bool is_uniform = false;            // every w is 1
  bool has_nonfinite_weight = false;  // a row that is not wanted for that reason
  bool streams = false;               // the whole gradient is too large for the caches

  /// Returns what the gradient of row k is multiplied by: w_k scale.
  Pair scale_of(int k) const noexcept {
    return factor(k) == 1 ? scale : mul(scale, exactly(factor(k)));
  }

  double factor(int k) const noexcept { return is_uniform ? 1 : w[k]; }

  /// Makes ignored rows not wanted, unless their log-sum-exps are.
  void leave_ignored() noexcept {
    if (lse.data == nullptr) wanted &= ~ignored;
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
