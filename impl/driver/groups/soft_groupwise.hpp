// SPDX-License-Identifier: MIT
// Applies a function of groups of rows against soft targets to a whole problem, as
// impl/driver/groups/groupwise.hpp does one against labels. The rows that the function leaves are
// computed by the row function of soft targets.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include <xent/problem.hpp>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/driver/reduced.hpp"
#include "impl/driver/row_label.hpp"

namespace xent::impl {

/// Sets the labels, weights and wanted rows of a group whose first and count are set. A row that is
/// ignored, or has no loss because of a weight, is not wanted.
template <class T, class Index>
void take_soft_labels(const Problem<T>& problem, const Labels<Index>& labels,
                      SoftGroup<T>& group) noexcept {
  if (!has_weights(problem)) {
    group.wanted &= ~read_labels(problem.options.ignore_index, &labels[group.first], labels.stride,
                                 group.count, group.y);
    return;
  }
  for (int k = 0; k < group.count; ++k) {
    const RowLabel label = row_label(problem, labels, group.first + k);
    group.y[k] = label.y;
    group.v[k] = label.is_computed() ? label.v : 1;
    if (!label.is_computed()) group.wanted &= ~(std::uint64_t{1} << k);
  }
}

/// Sets the weights and wanted rows of a group against probabilities.
template <class T>
void take_row_weights(const Problem<T>& problem, SoftGroup<T>& group) noexcept {
  if (problem.row_weight.data == nullptr) return;
  for (int k = 0; k < group.count; ++k) {
    const double v = row_weight_of(problem, group.first + k);
    group.v[k] = std::isfinite(v) ? v : 1;
    if (!std::isfinite(v)) group.wanted &= ~(std::uint64_t{1} << k);
  }
}

/// Adds or writes the losses of the rows that are `done`; put(reduced, i, sum) does the others.
template <class T, class PutRow>
void put_soft_losses(const Reduced<T>& reduced, const SoftGroup<T>& group, std::uint64_t done,
                     PutRow put, LossSum& sum) noexcept {
  const auto loss = [&group](int k) { return group.loss(k); };
  const std::uint64_t all = ~std::uint64_t{0} >> (most_in_group - group.count);
  if (done == all && !reduced.divides_gradients())
    return reduced.put_losses(group.first, group.count, loss, sum);
  for (int k = 0; k < group.count; ++k) {
    const std::ptrdiff_t i = group.first + k;
    if ((done >> k & 1) != 0)
      reduced.put(i, loss(k), reduced.outputs(i).g, sum);
    else
      put(reduced, i, sum);
  }
}

/// Computes `out` in groups: describe(group) sets the targets, weights and wanted rows of one, and
/// put(reduced, i, sum) computes a row that `rows` leaves.
template <class T, class Describe, class PutRow>
void soft_groupwise(SoftRows<T> rows, const Problem<T>& problem, const RowOptions<T>& options,
                    const Outputs<T>& out, int threads, Pair divisor, Describe describe,
                    PutRow put) noexcept {
  const std::ptrdiff_t size =
      group_size(problem.logits.cols, lanes_of<T>(maps_logits(problem.options)));
  const Reduced<T> reduced(problem, out, threads, divisor);
  reduced.for_each_segment(size, [&](std::ptrdiff_t begin, std::ptrdiff_t end, LossSum& sum) {
    SoftGroup<T> group;
    group.options = &options;
    group.x = problem.logits;
    group.g = out.grad;
    group.lse = out.lse;
    group.scale = reduced.scale();
    std::fill_n(group.v, most_in_group, 1.0);
    for (; begin < end; begin += size) {
      group.first = begin;
      group.count = static_cast<int>(std::min(size, end - begin));
      group.wanted = ~std::uint64_t{0} >> (most_in_group - group.count);
      describe(group);
      const std::uint64_t wanted = group.wanted;
      rows(group);
      put_soft_losses(reduced, group, wanted & ~group.wanted, put, sum);
    }
  });
}

}  // namespace xent::impl
