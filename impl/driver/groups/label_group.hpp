// SPDX-License-Identifier: MIT
// A group of rows against labels.
#pragma once

#include <cstddef>
#include <cstdint>

#include "impl/driver/groups/group_size.hpp"
#include "impl/driver/groups/row_group.hpp"

namespace xent::impl {

/// What a group function reads and writes. It reads the logits of the rows, their labels, and the
/// factors w of their losses, which are finite; it writes the losses of the wanted rows, times w,
/// and, where g and lse are present, their gradients, times w and `scale`, and their log-sum-exps.
template <class T>
struct LabelGroup : RowGroup<T> {
  alignas(64) double w[most_in_group];  // unless is_uniform
  std::ptrdiff_t own_y[most_in_group];
  const std::ptrdiff_t* y = own_y;    // the labels, in own_y or where they are
  std::uint64_t ignored = 0;          // bit k: row first + k
  std::uint64_t zeroed = 0;           // those of them whose gradients are 0 already
  bool is_uniform = false;            // every w is 1
  bool has_nonfinite_weight = false;  // a row that is not wanted for that reason

  /// Returns what the gradient of row k is multiplied by: w_k scale.
  Pair scale_of(int k) const noexcept {
    return factor(k) == 1 ? this->scale : mul(this->scale, exactly(factor(k)));
  }

  double factor(int k) const noexcept { return is_uniform ? 1 : w[k]; }

  bool ignores(int k) const noexcept { return (ignored >> k & 1) != 0; }

  /// Makes ignored rows not wanted, unless their log-sum-exps are.
  void leave_ignored() noexcept {
    if (this->lse.data == nullptr) this->wanted &= ~ignored;
  }
};

}  // namespace xent::impl
