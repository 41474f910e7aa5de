// SPDX-License-Identifier: MIT
// The condition of a result says how much a change of the logits moves it: a change of each x_k by
// a relative u moves it by at most u times
//
//   loss:   sum_k |x_k g_k|
//   g_j:    sum_k |x_k dg_j/dx_k| = |Q| p_j (|x_j| (1 - p_j) + A - |x_j| p_j)
//
// where A = sum_k |x_k| p_k. Where the logits are mapped to z, |x_k| f'(x_k) is in the place of
// |x_k|, and f'(x_j) a factor of g_j, whose own change is left out. Of given log-probabilities that
// of g_j is 0, and of given probabilities |g_j|.
#pragma once

#include <cstddef>
#include <vector>

#include "reference/oracle.hpp"
#include "reference/row_problem.hpp"

namespace xent::reference {

/// The conditions of a row's results, in double arithmetic, to 3 digits: scales, not bounds. They
/// are 0 where the row is ignored or has no loss. The row must outlive it.
class Condition {
 public:
  /// Takes Q and the c_j from an enclosure of the row.
  template <class N>
  Condition(const RowProblem& row, const RowEnclosure<N>& exact)
      : Condition(row, exact.gradient_terms()) {}

  double of_loss() const { return of_loss_; }
  /// Returns that of component j of the gradient of the row's own loss.
  double of_gradient(std::ptrdiff_t j) const;

 private:
  Condition(const RowProblem& row, const GradientTerms& terms);

  std::vector<double> moved_;     // |x_j| f'(x_j), 0 where x_j is not finite
  std::vector<double> slope_;     // f'(x_j)
  std::vector<double> p_;         // p_j
  std::vector<double> off_;       // 1 - p_j
  std::vector<double> of_given_;  // those of the g_j where no logits are given, else empty
  double mean_ = 0;               // A
  double total_;                  // |Q + 2 k lse|
  double z_slope_;                // 2 k
  double of_loss_ = 0;
};

}  // namespace xent::reference
