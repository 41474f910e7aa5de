// SPDX-License-Identifier: MIT
// Condition: how much of its own size a change of the logits can move a result,
//
//   loss:  sum_k |x_k g_k|                       g_j:  sum_k |x_k dg_j/dx_k|
//                                                      = |Q| p_j (|x_j| (1 - p_j) + A - |x_j| p_j)
//
// with A = sum_k |x_k| p_k. A change of each x_k by a relative u moves the result by u times that.
#pragma once

#include <cstddef>
#include <vector>

#include "reference/row_problem.hpp"

namespace xent::reference {

/// In double arithmetic, to 3 digits: a scale, not a bound. 0 where the row has no loss. The row
/// must outlive it.
class Condition {
 public:
  explicit Condition(const RowProblem& row);

  double of_loss() const { return of_loss_; }
  /// Of the row's own loss.
  double of_gradient(std::ptrdiff_t j) const;

 private:
  const RowProblem& row_;
  std::vector<double> p_;    // p_j
  std::vector<double> off_;  // 1 - p_j
  double mean_ = 0;          // A
  double total_ = 0;         // |Q|
  double of_loss_ = 0;
};

}  // namespace xent::reference
