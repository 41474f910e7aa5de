// SPDX-License-Identifier: MIT
// A group of rows against soft targets, as impl/driver/groups/label_group.hpp is one against
// labels: what is computed once a row is computed for the rows of a group together.
#pragma once

#include <cstddef>
#include <cstdint>

#include <xent/problem.hpp>

#include "impl/driver/groups/group_losses.hpp"
#include "impl/driver/groups/group_size.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/targets/row_options.hpp"
#include "impl/targets/row_probs.hpp"

namespace xent::impl {

/// Rows [first, first + count) of a problem, with what a group function reads and writes. It
/// computes those of the wanted rows that it can, and removes them from `wanted`: of these it
/// writes the losses, times v, and, where g and lse are present, the gradients, times v and
/// `scale`, and the log-sum-exps.
template <class T>
struct SoftGroup : GroupLosses<T> {
  alignas(64) double v[most_in_group];     // the weights of the rows, finite
  std::ptrdiff_t y[most_in_group];         // labels, where the probabilities are those of labels
  MatrixView<const T> dense = {};          // q of all rows; or
  const Csr<T>* csr = nullptr;             // those of a few classes; or, where both are absent, y
  const RowOptions<T>* options = nullptr;  // what makes coefficients of q
  MatrixView<const T> x = {};              // all rows
  MatrixView<T> g = {};                    // all rows
  VectorView<LossOf<T>> lse = {};          // all rows
  Pair scale = {1, 0};
  std::uint64_t wanted = 0;  // bit k: row first + k
  std::ptrdiff_t first = 0;
  int count = 0;

  bool has_labels() const noexcept { return dense.data == nullptr && csr == nullptr; }
  bool wants(int k) const noexcept { return (wanted >> k & 1) != 0; }

  /// Returns where the gradient and the log-sum-exp of row k go.
  RowOutputs<T> outputs(int k) const noexcept {
    RowOutputs<T> out;
    if (g.data != nullptr) out.g = g.row(first + k);
    if (lse.data != nullptr) out.lse = &lse[first + k];
    return out;
  }

  /// Returns q of row k.
  RowProbs<T> probs(int k) const noexcept {
    if (dense.data != nullptr) return {.dense = dense.row(first + k)};
    if (csr != nullptr) return row_probs(*csr, first + k);
    return {.label = y[k]};
  }
};

}  // namespace xent::impl
