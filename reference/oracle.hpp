// SPDX-License-Identifier: MIT
// The oracle computes certified enclosures of one row's loss and gradient, as
// include/xent/problem.hpp defines them.
#pragma once

#include <cstddef>
#include <vector>

#include <xent/bounds.hpp>

#include "reference/coefficients.hpp"
#include "reference/divisor.hpp"
#include "reference/exact.hpp"
#include "reference/logits/softmax_row.hpp"
#include "reference/row_problem.hpp"

namespace xent::reference {

/// The terms of the components of a gradient with respect to the mapped logits, g_j = (total + z)
/// p_j - c_j, in double arithmetic.
struct GradientTerms {
  double total = 0;
  double z = 0;        // 2 k lse
  double z_slope = 0;  // 2 k
  std::vector<double> c;
};

/// The enclosures of one row, which must outlive them. The special values are those of
/// docs/policy.md:
///
///   the row is ignored                                    loss 0, gradient 0
///   a logit is NaN or +inf, or all are -inf               loss and gradient NaN
///   c_j > 0 (c_j < 0) where x_j = -inf                    loss +inf (-inf; both: NaN),
///                                                         gradient finite
///   a label without smoothing, w_y NaN or infinite, or    the results for w_y = v = 1 without a
///   v that and no z-loss                                  z-loss, times w_y v
///   else, a c_j or v that is not finite                   loss and gradient NaN
///
/// Those of given log-probabilities and probabilities are in reference/logits/given_row.hpp.
/// Instantiated for the numbers of number.hpp.
template <class N>
class RowEnclosure {
 public:
  /// Without `with_gradient`, gradient() and grad_facts() must not be called.
  RowEnclosure(const RowProblem& row, bool with_gradient);

  /// Returns the loss of the row.
  const Exact<N>& loss() const { return loss_; }
  /// Returns the loss times divisor(), not rounded by a division; its `size` is that of the loss.
  const Exact<N>& multiple_of_loss() const { return multiple_; }
  /// Returns C where there is label smoothing, else 1.
  double divisor() const { return c_.divisor(); }
  /// Returns the log-sum-exp m + l, also of an ignored row; NaN where the softmax is.
  Exact<N> log_sum_exp() const;
  /// Returns component j of the log-softmax, -(d_j + l), also of an ignored row; NaN where the
  /// softmax is, -inf where the logit is.
  Exact<N> log_softmax(std::ptrdiff_t j) const;
  /// Returns the facts of the loss against label j, without options, which that is the negative of.
  RowFacts log_softmax_facts(std::ptrdiff_t j) const;
  /// Returns component j of the gradient of the row's own loss.
  Exact<N> gradient(std::ptrdiff_t j) const;
  /// Returns component j of the gradient of the returned loss.
  Exact<N> gradient(std::ptrdiff_t j, const Divisor& divisor) const;

  /// Returns the sign of Q = sum_j c_j, or of the terms of a given row, where it is certain and
  /// there is no z-loss and no divergence, else 0.
  int sign_of_total() const { return row_.options.kl_divergence ? 0 : sign_; }
  /// Returns Q, the c_j and 2 k lse in double arithmetic.
  GradientTerms gradient_terms() const;

  /// Returns the facts that a contract's bounds depend on; they mean nothing where the loss is NaN.
  const RowFacts& facts() const { return facts_; }
  /// Returns the further facts for component j, with scale = 1.
  GradFacts grad_facts(std::ptrdiff_t j) const;

 private:
  void sum_loss();
  void take_given();
  void keep_loss(const N& mass, const N& gap, std::ptrdiff_t targets);
  Exact<N> given_gradient(std::ptrdiff_t j) const;
  N entropy_term(std::ptrdiff_t j, const N& c);
  bool is_open_divergence() const;
  void add_tail(const N& gap, const N& mass, const N& total);
  void add_z_loss(const N& distances, const N& total);
  bool is_capped() const;
  bool is_one_capped() const;
  void weigh();
  N gradient_at_maximum(std::ptrdiff_t j) const;
  void multiply_by_slope(Exact<N>& g, std::ptrdiff_t j) const;
  void set_terms_size(Exact<N>& g, std::ptrdiff_t j, const N& c) const;
  double sign_of_gradient(std::ptrdiff_t j) const;

  const RowProblem& row_;
  SoftmaxRow<N> softmax_;
  Coefficients<N> c_;
  double factor_ = 1;  // w_y v where it is NaN or infinite
  N share_;            // (Q + z) / S
  N z_;                // 2 k lse, times divisor()
  N z_size_;           // 2 k (|m| + l), times divisor()
  bool is_number_ = true;
  Exact<N> loss_;
  Exact<N> multiple_;
  int sign_ = 0;
  RowFacts facts_;
};

}  // namespace xent::reference
