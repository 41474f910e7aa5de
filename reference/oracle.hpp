// SPDX-License-Identifier: MIT
// Oracle: certified enclosures of one row's loss and gradient, in the terms of SoftmaxRow
//
//   loss = sum_j q_j d_j + Q l,                                             Q = sum_j q_j
//   g_j  = p_j sum_{i != j} q_i  -  q_j sum_{i != j} p_i,                   p_j = e_j / S
//        = Q e_j / S - q_j                                                  x_j < m
//        = (sum_{i != j} q_i - (k - 1) q_j) / k  -  Q r / (k S)             x_j = m, where r <= k
//
// For q >= 0 nothing cancels but the two terms of g_j in its first form, and the other two forms
// lose no more than that; for labels one of the two terms is 0. In the other two forms, as in the
// loss, all but the last term is rational and soon exact, so that a rounding tie is told from what
// is next to it however small an exp(-d) is.
#pragma once

#include <xent/contract.hpp>
#include <xent/problem.hpp>

#include "reference/exact.hpp"
#include "reference/row_targets.hpp"
#include "reference/softmax_row.hpp"

namespace xent::reference {

/// Row i of a problem that has passed validate(); the gradient is that of the reduced loss. The
/// views of the problem must outlive it. The special values:
///   a NaN or +inf logit, only -inf, a NaN or infinite probability   loss and gradient row NaN
///   q_j != 0 where x_j = -inf                                       loss +inf, gradient finite
/// Instantiated for float and double and the precisions of exact.hpp.
template <unsigned Digits, class T>
class RowEnclosure {
 public:
  /// Without `with_gradient`, only loss() and facts() may be called.
  RowEnclosure(const Problem<T>& problem, std::ptrdiff_t i, bool with_gradient);

  const Exact<Digits>& loss() const { return loss_; }
  Exact<Digits> gradient(std::ptrdiff_t j) const;

  /// What a contract's bounds depend on; they mean nothing where the loss is NaN.
  const RowFacts& facts() const { return facts_; }
  GradFacts grad_facts(std::ptrdiff_t j) const;

 private:
  void sum_loss(std::ptrdiff_t classes);
  Interval<Digits> gradient_at_maximum(std::ptrdiff_t j) const;

  SoftmaxRow<Digits, T> softmax_;
  RowTargets<Digits, T> q_;
  double divisor_;          // of the gradient: N for the mean, else 1
  Interval<Digits> total_;  // Q
  Exact<Digits> loss_;
  RowFacts facts_;
};

}  // namespace xent::reference
