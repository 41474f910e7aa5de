// SPDX-License-Identifier: MIT
// A group of rows against soft targets, as impl/driver/groups/label_group.hpp is one against
// labels.
#pragma once

#include <cstddef>

#include <xent/problem.hpp>

#include "impl/driver/groups/group_size.hpp"
#include "impl/driver/groups/row_group.hpp"
#include "impl/targets/row_options.hpp"
#include "impl/targets/row_probs.hpp"

namespace xent::impl {

/// What a group function reads and writes. It computes those of the wanted rows that it can, and
/// removes them from `wanted`: of these it writes the losses, times v, and, where g and lse are
/// present, the gradients, times v and `scale`, and the log-sum-exps.
template <class T>
struct SoftGroup : RowGroup<T> {
  alignas(64) double v[most_in_group];     // the weights of the rows, finite
  std::ptrdiff_t y[most_in_group];         // labels, where the probabilities are those of labels
  MatrixView<const T> dense = {};          // q of all rows; or
  const Csr<T>* csr = nullptr;             // those of a few classes; or, where both are absent, y
  const RowOptions<T>* options = nullptr;  // what makes coefficients of q

  bool has_labels() const noexcept { return dense.data == nullptr && csr == nullptr; }

  /// Returns q of row k.
  RowProbs<T> probs(int k) const noexcept {
    if (dense.data != nullptr) return {.dense = dense.row(this->first + k)};
    if (csr != nullptr) return row_probs(*csr, this->first + k);
    return {.label = y[k]};
  }
};

}  // namespace xent::impl
