// SPDX-License-Identifier: MIT
// Says what an ignored label and the weights of a class and of a row mean for a row against a
// label: whether it counts, and by what its results are multiplied.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

#include <xent/problem.hpp>

#include "impl/targets/row_options.hpp"

namespace xent::impl {

/// The label of a row, as the options take it.
struct RowLabel {
  std::ptrdiff_t y = 0;  // 0 where the row is ignored, since its label may be no class
  double w = 1;          // the factor of loss and gradient, w_y v, for the row function of labels
  double v = 1;          // the weight of the row, for the row function of soft targets
  bool is_ignored = false;  // loss and gradient are 0

  /// Tells whether the row function of labels computes the loss and the gradient.
  bool is_computed() const noexcept { return !is_ignored && std::isfinite(w); }
};

/// Writes the labels of `count` rows, from y on and `stride` apart, to `labels`, 0 where a row is
/// ignored, and returns a bit mask of these rows. No branch depends on a label: which rows are
/// ignored cannot be foreseen.
template <class Index>
std::uint64_t read_labels(std::optional<std::int64_t> ignore_index, const Index* y,
                          std::ptrdiff_t stride, int count, std::ptrdiff_t* labels) noexcept {
  for (int k = 0; k < count; ++k) labels[k] = static_cast<std::ptrdiff_t>(y[k * stride]);
  if (!ignore_index) return 0;
  std::uint64_t ignored = 0;
  for (int k = 0; k < count; ++k)
    ignored |= (labels[k] == *ignore_index ? std::uint64_t{1} : 0) << k;
  for (int k = 0; k < count; ++k) labels[k] = labels[k] == *ignore_index ? 0 : labels[k];
  return ignored;
}

/// Tells whether a row may have a weight.
template <class T>
bool has_weights(const Problem<T>& problem) noexcept {
  return problem.weight.data != nullptr || problem.row_weight.data != nullptr;
}

/// Returns w_y v of row i against label y, which is not ignored, as the row function of labels
/// takes it.
template <class T>
double label_weight(const Problem<T>& problem, std::ptrdiff_t y, std::ptrdiff_t i) noexcept {
  const double w = problem.weight.data == nullptr ? 1 : static_cast<double>(problem.weight[y]);
  return w * row_weight_of(problem, i);
}

/// Returns the label of row i. Where the row function of soft targets computes it, the weight of
/// the class is in the coefficients, and w is 1 where the row is computed: NaN where it has no
/// loss, because v is not finite beside smoothing or a z-loss, and else w_y v.
template <class T, class Index>
RowLabel row_label(const Problem<T>& problem, const Labels<Index>& labels,
                   std::ptrdiff_t i) noexcept {
  if (problem.options.ignore_index == labels[i]) return {.is_ignored = true};
  RowLabel label{.y = static_cast<std::ptrdiff_t>(labels[i]), .v = row_weight_of(problem, i)};
  const bool smoothed = problem.options.label_smoothing != 0;
  const double w =
      problem.weight.data == nullptr || smoothed ? 1 : static_cast<double>(problem.weight[label.y]);
  if (keeps_labels(problem) || !std::isfinite(w) || !std::isfinite(label.v)) label.w = w * label.v;
  if (!std::isfinite(label.v) && (smoothed || problem.options.z_loss != 0))
    label.w = std::numeric_limits<double>::quiet_NaN();
  return label;
}

}  // namespace xent::impl
