// SPDX-License-Identifier: MIT
// Applies a function of groups of rows against labels to a whole problem, where labels have a
// function of their own (keeps_labels), as impl/driver/rowwise.hpp applies a function of a row.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <xent/problem.hpp>

#include "impl/driver/divisor.hpp"
#include "impl/driver/groups/label_group.hpp"
#include "impl/driver/put_row.hpp"
#include "impl/driver/reduced.hpp"
#include "impl/driver/row_label.hpp"

namespace xent::impl {

/// Sets the labels, weights and wanted rows of a group whose first, count and lse are set. A row
/// that is ignored is wanted only for its log-sum-exp, or where it is short, so that the rows
/// beside it in a vector are stored together: a short row that cannot be in a lane is left out
/// later. A row whose weight is not finite is not wanted.
template <class T, class Index>
void take_labels(const Problem<T>& problem, const Labels<Index>& labels,
                 LabelGroup<T>& group) noexcept {
  group.wanted = ~std::uint64_t{0} >> (most_in_group - group.count);
  group.ignored = group.zeroed = 0;
  group.has_nonfinite_weight = false;
  const Index* y = &labels[group.first];
  group.y = group.own_y;
  if constexpr (std::is_same_v<Index, std::ptrdiff_t>)
    if (labels.contiguous() && !problem.options.ignore_index) group.y = y;
  if (!group.is_uniform)
    std::fill_n(group.w + group.count, most_in_group - group.count, 1.0);  // lanes without a row
  else if (group.y != group.own_y)
    return;
  group.ignored =
      read_labels(problem.options.ignore_index, y, labels.stride, group.count, group.own_y);
  for (int k = 0; k < group.count && !group.is_uniform; ++k) {
    const double w = group.ignores(k) ? 1 : label_weight(problem, group.own_y[k], group.first + k);
    group.w[k] = std::isfinite(w) ? w : 1;
    if (std::isfinite(w)) continue;
    group.has_nonfinite_weight = true;
    group.wanted &= ~(std::uint64_t{1} << k);
  }
  if (problem.logits.cols > lane_classes<T>) group.leave_ignored();
}

/// Writes the log-sum-exp of row i, by a group of that row alone.
template <class T>
void put_log_sum_exp(LabelRows<T> rows, const LabelGroup<T>& all, std::ptrdiff_t i) noexcept {
  LabelGroup<T> group;
  group.x = all.x;
  group.lse = all.lse;
  group.threads = all.threads;
  group.is_uniform = true;
  group.own_y[0] = 0;
  group.first = i;
  group.count = 1;
  group.wanted = 1;
  rows(group);
}

/// Makes the losses and the gradients of the ignored rows of a computed group 0.
template <class T>
void put_ignored(LabelGroup<T>& group) noexcept {
  for (std::uint64_t left = group.ignored; left != 0; left &= left - 1) {
    const int k = std::countr_zero(left);
    group.put_loss(k, {});
    if ((group.zeroed >> k & 1) == 0)
      for_each_component(group.outputs(k).g, [](double) { return 0.0; });
  }
}

/// Adds the losses of a computed group to `sum`, or writes them.
template <class T, class Index>
void put_losses(LabelRows<T> rows, const Problem<T>& problem, const Labels<Index>& labels,
                LabelGroup<T>& group, const Reduced<T>& reduced, LossSum& sum) noexcept {
  if (!group.has_nonfinite_weight && !reduced.divides_gradients()) {
    put_ignored(group);
    return reduced.put_losses(
        group.first, group.count, [&group](int k) { return group.loss(k); }, sum);
  }
  for (int k = 0; k < group.count; ++k) {
    const std::ptrdiff_t i = group.first + k;
    const RowLabel label = row_label(problem, labels, i);
    put_row(
        reduced, i, label, group.x.row(i), sum, [&](const RowOutputs<T>&) { return group.loss(k); },
        [&](const RowOutputs<T>&) {
          if (!label.is_ignored) put_log_sum_exp(rows, group, i);  // the group wrote it else
        });
  }
}

/// Computes `out` from a problem against labels, without smoothing: the rows are cut into segments
/// that up to `threads` threads share, and each segment into groups.
template <class T, class Index>
void groupwise(LabelRows<T> rows, const Problem<T>& problem, const Labels<Index>& labels,
               const Outputs<T>& out, int threads) noexcept {
  const std::ptrdiff_t size = group_size(problem.logits.cols, lanes_of<T>(false));
  const Reduced<T> reduced(problem, out, threads, divisor_of(problem, labels));
  reduced.for_each_segment(size, [&](std::ptrdiff_t begin, std::ptrdiff_t end, LossSum& sum) {
    LabelGroup<T> group;
    group.x = problem.logits;
    group.g = out.grad;
    group.lse = out.lse;
    group.scale = reduced.scale();
    group.threads = reduced.threads_within_rows();
    group.is_uniform = !has_weights(problem);
    group.streams = reduced.streams();
    for (; begin < end; begin += size) {
      group.first = begin;
      group.count = static_cast<int>(std::min(size, end - begin));
      take_labels(problem, labels, group);
      rows(group);
      put_losses(rows, problem, labels, group, reduced, sum);
    }
  });
}

}  // namespace xent::impl
