// SPDX-License-Identifier: MIT
// Applies a function of groups of rows against labels, without smoothing, to a whole problem, as
// impl/driver/rowwise.hpp applies a function of a row.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <type_traits>

#include <xent/problem.hpp>

#include "impl/driver/divisor.hpp"
#include "impl/driver/infinite_weight.hpp"
#include "impl/driver/label_group.hpp"
#include "impl/driver/reduced.hpp"

namespace xent::impl {

/// Returns the weight w_y of row i, which is not ignored; 1 where there are no weights.
template <class T, class Index>
double weight_of(const Problem<T>& problem, const Labels<Index>& labels,
                 std::ptrdiff_t i) noexcept {
  if (problem.weight.data == nullptr) return 1;
  return static_cast<double>(problem.weight[static_cast<std::ptrdiff_t>(labels[i])]);
}

/// Tells whether all rows count alike: no row is ignored and none has a weight.
template <class T>
bool is_uniform(const Problem<T>& problem) noexcept {
  return !problem.options.ignore_index && problem.weight.data == nullptr;
}

/// Sets the labels, weights and wanted rows of a group whose first, count and lse are set. A row
/// that is ignored has label 0, and is wanted only for its log-sum-exp; a row whose weight is not
/// finite is not wanted.
template <class T, class Index>
void take_labels(const Problem<T>& problem, const Labels<Index>& labels,
                 LabelGroup<T>& group) noexcept {
  group.wanted = ~std::uint64_t{0} >> (most_in_group - group.count);
  const Index* y = &labels[group.first];
  group.y = group.own_y;
  if constexpr (std::is_same_v<Index, std::ptrdiff_t>)
    if (labels.contiguous() && !problem.options.ignore_index) group.y = y;
  if (group.y == group.own_y)
    for (int k = 0; k < group.count; ++k)
      group.own_y[k] = static_cast<std::ptrdiff_t>(y[k * labels.stride]);
  if (is_uniform(problem)) return;
  std::fill_n(group.w + group.count, most_in_group - group.count, 1.0);  // lanes without a row
  for (int k = 0; k < group.count; ++k) {
    const std::ptrdiff_t i = group.first + k;
    if (problem.options.ignore_index == labels[i]) {
      group.own_y[k] = 0;  // the label may be no class
      group.w[k] = 1;
      if (group.lse.data == nullptr) group.wanted &= ~(std::uint64_t{1} << k);
    } else {
      const double w = weight_of(problem, labels, i);
      group.w[k] = std::isfinite(w) ? w : 1;
      if (!std::isfinite(w)) group.wanted &= ~(std::uint64_t{1} << k);
    }
  }
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

/// Adds the losses of a computed group to `sum`, or writes them. Here ignored rows get loss 0 and
/// gradient 0, and rows whose weight is not finite are computed.
template <class T, class Index>
void put_losses(LabelRows<T> rows, const Problem<T>& problem, const Labels<Index>& labels,
                const LabelGroup<T>& group, const Reduced<T>& reduced, LossSum& sum) noexcept {
  if (is_uniform(problem) && !reduced.divides_gradients())
    return reduced.put_losses(
        group.first, group.count, [&group](int k) { return group.loss(k); }, sum);
  for (int k = 0; k < group.count; ++k) {
    const std::ptrdiff_t i = group.first + k;
    VectorView<T> g;
    if (group.g.data != nullptr) g = group.g.row(i);
    if (problem.options.ignore_index == labels[i]) {
      reduced.put_nothing(i, g, sum);
      continue;
    }
    const double w = weight_of(problem, labels, i);
    if (std::isfinite(w)) {
      reduced.put(i, group.loss(k), g, sum);
    } else {
      if (group.lse.data != nullptr) put_log_sum_exp(rows, group, i);
      const double loss = row_of_infinite_weight(group.x.row(i), group.y[k], w, g);
      reduced.put(i, {exactly(loss)}, g, sum);
    }
  }
}

/// Computes `out` from a problem against labels, without smoothing: the rows are cut into segments
/// that up to `threads` threads share, and each segment into groups.
template <class T, class Index>
void groupwise(LabelRows<T> rows, const Problem<T>& problem, const Labels<Index>& labels,
               const Outputs<T>& out, int threads) noexcept {
  const std::ptrdiff_t size = group_size(problem.logits.cols);
  const Reduced<T> reduced(problem, out, threads, divisor_of(problem, labels));
  reduced.for_each_segment(size, [&](std::ptrdiff_t begin, std::ptrdiff_t end, LossSum& sum) {
    LabelGroup<T> group;
    group.x = problem.logits;
    group.g = out.grad;
    group.lse = out.lse;
    group.scale = reduced.scale();
    group.threads = reduced.threads_within_rows();
    group.is_uniform = problem.weight.data == nullptr;
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
