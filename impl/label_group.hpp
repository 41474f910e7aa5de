// SPDX-License-Identifier: MIT
// Rows against labels in groups: what comes once a row, the logarithm and the division, is then
// computed for a group at a time.
#pragma once

#include <cstddef>
#include <cstdint>

#include <xent/problem.hpp>

#include "impl/row_functions.hpp"

namespace xent::impl {

inline constexpr int most_in_group = 16;

/// Up to 16 consecutive rows. In: their logits, labels, and factors w of the loss, which are
/// finite; the gradient of a row is that of w = 1 times w and `scale`. Out: the losses, hi + lo, of
/// rows that are wanted; the gradients and the log-sum-exps, where they are present.
template <class T>
struct LabelGroup {
  MatrixView<const T> x;  // all rows
  std::ptrdiff_t first = 0;
  int count = 0;
  std::ptrdiff_t y[most_in_group] = {};
  double w[most_in_group] = {};
  bool wanted[most_in_group] = {};
  Pair scale = {1, 0};
  MatrixView<T> g = {};            // all rows
  VectorView<LossOf<T>> lse = {};  // all rows
  bool streams = false;            // the whole gradient is too large for the caches
  int threads = 1;                 // that may share a row
  double loss_hi[most_in_group] = {};
  double loss_lo[most_in_group] = {};

  RowOutputs<T> outputs(int k) const noexcept {
    RowOutputs<T> out{.streams = streams, .threads = threads};
    if (g.data != nullptr) out.g = g.row(first + k);
    if (lse.data != nullptr) out.lse = &lse[first + k];
    return out;
  }
};

}  // namespace xent::impl
