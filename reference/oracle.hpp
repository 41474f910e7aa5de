// SPDX-License-Identifier: MIT
// Oracle: certified enclosures of one row's loss and gradient, in the terms of SoftmaxRow and of
// the coefficients c_j of RowProblem
//
//   loss = sum_j c_j d_j + Q l,                                             Q = sum_j c_j
//   g_j  = p_j sum_{i != j} c_i  -  c_j sum_{i != j} p_i,                   p_j = e_j / S
//        = Q e_j / S - c_j                                                  x_j < m
//        = (sum_{i != j} c_i - (k - 1) c_j) / k  -  Q r / (k S)             x_j = m, where r <= k
//
// For c >= 0 nothing cancels but the two terms of g_j in its first form, and the other two forms
// lose no more than that; for labels one of the two terms is 0. In the other two forms, as in the
// loss, all but the last term is rational and soon exact, so that a rounding tie is told from what
// is next to it however small an exp(-d) is. With smoothing all is computed C times as large, which
// keeps the rational part dyadic, and divided by C at the end.
#pragma once

#include <xent/contract.hpp>

#include "reference/coefficients.hpp"
#include "reference/divisor.hpp"
#include "reference/exact.hpp"
#include "reference/row_problem.hpp"
#include "reference/softmax_row.hpp"

namespace xent::reference {

/// One row; the gradient is that of its own loss. The row must outlive it. The special values are
/// those of docs/policy.md:
///   an ignored row                                       loss 0, gradient 0
///   a NaN or +inf logit, only -inf                       loss and gradient NaN
///   c_j > 0 (< 0) where x_j = -inf                       loss +inf (-inf; both: NaN), gradient
///   finite labels without smoothing, w_y NaN or infinite        the row of w_y = 1, times w_y soft
///   targets, a c_j that is no finite number         loss and gradient NaN
/// Instantiated for the numbers of number.hpp.
template <class N>
class RowEnclosure {
 public:
  /// Without `with_gradient`, only loss() and facts() may be called.
  RowEnclosure(const RowProblem& row, bool with_gradient);

  const Exact<N>& loss() const { return loss_; }
  /// The loss times divisor(), not rounded by a division; `size` is that of the loss.
  const Exact<N>& multiple_of_loss() const { return multiple_; }
  /// C where the labels are smoothed, else 1.
  double divisor() const { return c_.divisor(); }
  /// m + l, of ignored rows too; NaN where the softmax is.
  Exact<N> log_sum_exp() const;
  /// Of the row's own loss.
  Exact<N> gradient(std::ptrdiff_t j) const;
  /// Of the reduced loss.
  Exact<N> gradient(std::ptrdiff_t j, const Divisor& divisor) const;

  /// The sign of Q where it is certain, else 0.
  int sign_of_total() const { return sign_; }

  /// What a contract's bounds depend on; they mean nothing where the loss is NaN.
  const RowFacts& facts() const { return facts_; }
  /// With scale = 1.
  GradFacts grad_facts(std::ptrdiff_t j) const;

 private:
  void sum_loss();
  N gradient_at_maximum(std::ptrdiff_t j) const;
  void set_terms_size(Exact<N>& g, std::ptrdiff_t j, const N& c) const;
  double sign_of_gradient(std::ptrdiff_t j) const;

  const RowProblem& row_;
  SoftmaxRow<N> softmax_;
  Coefficients<N> c_;
  double factor_ = 1;  // w_y where it is NaN or infinite
  N share_;            // Q / S
  Exact<N> loss_;
  Exact<N> multiple_;
  int sign_ = 0;
  RowFacts facts_;
};

}  // namespace xent::reference
