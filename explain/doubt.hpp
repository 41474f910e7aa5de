// SPDX-License-Identifier: MIT
// A Doubt is a problem and results that are said to be its own, and are not: what explain() is
// asked about.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <xent/any_problem.hpp>

namespace xent::explain {

/// A problem that has passed validate(), with at least one result. The arrays must outlive it.
struct Doubt {
  AnyProblem problem;  // its reduction is the one named for the loss
  AnyOutputs results;  // the loss has loss_size() elements, or is absent
  /// The reduction that the gradient is of; absent: that of the loss.
  std::optional<Reduction> grad_reduction = {};
  /// The formats of the results, where their arrays have a wider type. Absent: the narrowest one
  /// that holds all the values.
  std::optional<Format> loss_format = {};
  std::optional<Format> grad_format = {};
  /// The sizes (N, d1, …, dk) whose product is the number of rows, the last varying fastest, where
  /// the logits are [N, C, d1, …, dk]. Empty: the rows have one axis.
  std::vector<std::ptrdiff_t> row_shape = {};

  std::ptrdiff_t rows() const { return problem.logits.rows(); }
  std::ptrdiff_t classes() const { return problem.logits.cols(); }
  bool has_loss() const { return results.loss.data != nullptr; }
  bool has_grad() const { return results.grad.data != nullptr; }
  bool has_lse() const { return results.lse.data != nullptr; }
  bool has_weight() const { return problem.weight.data != nullptr; }
  bool has_row_weight() const { return problem.row_weight.data != nullptr; }
  bool has_labels() const { return problem.targets.index() < 2; }
  bool reduces_loss() const { return problem.options.reduction != Reduction::none; }
  Reduction reduction_of_grad() const { return grad_reduction.value_or(problem.options.reduction); }
  /// Returns the sizes of the rows' axes, one where there is no row_shape.
  std::vector<std::ptrdiff_t> row_axes() const {
    return row_shape.empty() ? std::vector<std::ptrdiff_t>{rows()} : row_shape;
  }
  /// Returns the length of the sequences that rows are tokens of: the last axis of the rows.
  std::ptrdiff_t sequence() const { return row_axes().back(); }
};

}  // namespace xent::explain
