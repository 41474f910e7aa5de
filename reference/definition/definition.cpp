// SPDX-License-Identifier: MIT
// Computes one row's loss and gradient in the ball arithmetic of Arb.
#include "reference/definition/definition.hpp"

#include <algorithm>
#include <limits>

#include <xent/mapped_logit.hpp>

#include "reference/definition/definition_ends.hpp"
#include "reference/definition/definition_given.hpp"
#include "reference/definition/definition_logits.hpp"
#include "reference/definition/definition_special.hpp"
#include "reference/numbers/arb_real.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

const Real& at(const std::vector<Real>& values, std::ptrdiff_t j) {
  return values[static_cast<std::size_t>(j)];
}

/// Evaluates one row whose logits are finite or -inf and whose coefficients are finite.
class Evaluation {
 public:
  Evaluation(const RowProblem& row, long bits) : row_(row), bits_(bits) {
    for (std::ptrdiff_t j = 0; j < row.classes(); ++j) {
      c_.push_back(exact_coefficient(row, j));
      arb_add(total_.get(), total_.get(), c_.back().get(), ARF_PREC_EXACT);
      exps_.emplace_back();
      z_.emplace_back();
      if (row.x(j) == -infinity) continue;
      z_.back() = defined_logit(row.options, row.x(j), bits);
      arb_exp(exps_.back().get(), z_.back().get(), bits);
      arb_add(sum_.get(), sum_.get(), exps_.back().get(), bits);
    }
    arb_log(lse_.get(), sum_.get(), bits);
    arb_set(factor_.get(), total_.get());
    if (row.options.z_loss == 0) return;
    arb_set_d(z_factor_.get(), row.options.z_loss);
    arb_mul_si(z_factor_.get(), z_factor_.get(), row.classes(), ARF_PREC_EXACT);
    Real twice;
    arb_mul_2exp_si(twice.get(), lse_.get(), 1);
    arb_addmul(factor_.get(), twice.get(), z_factor_.get(), bits);
  }

  DefinedRow result() {
    DefinedRow result;
    result.known_bits = std::numeric_limits<long>::max();
    result.loss.special = loss_at_masks();
    if (result.loss.special == 0)
      result.loss = ends_of(row_, row_.row_weight == 0 ? Real() : loss(), bits_, result.known_bits);
    for (std::ptrdiff_t j = 0; j < row_.classes(); ++j)
      result.gradient.push_back(ends_of(row_, gradient(j), bits_, result.known_bits));
    return result;
  }

 private:
  /// Returns the sum of the infinite terms of the loss; 0 where there is none, NaN of a divergence
  /// from coefficients below 0. Those of a row of the weight 0 are 0, unless they have both signs.
  double loss_at_masks() const {
    double sum = 0;
    for (std::ptrdiff_t j = 0; j < row_.classes(); ++j)
      if (row_.x(j) == -infinity && arb_is_zero(at(c_, j).get()) == 0)
        sum += arb_is_positive(at(c_, j).get()) != 0 ? infinity : -infinity;
    for (const Real& c : c_)
      if (row_.options.kl_divergence && arb_is_negative(c.get()) != 0)
        sum = std::numeric_limits<double>::quiet_NaN();
    if (row_.row_weight == 0) return std::isnan(sum) ? sum : 0;
    return row_.row_weight < 0 && sum != 0 ? -sum : sum;
  }

  Real loss() const {
    Real loss;
    Real term;
    for (std::ptrdiff_t j = 0; j < row_.classes(); ++j) {
      if (arb_is_zero(at(c_, j).get()) != 0) continue;
      arb_sub(term.get(), lse_.get(), at(z_, j).get(), bits_);
      arb_addmul(loss.get(), at(c_, j).get(), term.get(), bits_);
      if (row_.options.kl_divergence)
        arb_add(loss.get(), loss.get(), entropy_term(row_, at(c_, j), bits_).get(), bits_);
    }
    if (row_.options.z_loss == 0) return loss;
    arb_mul(term.get(), lse_.get(), z_factor_.get(), bits_);
    arb_addmul(loss.get(), term.get(), lse_.get(), bits_);
    return loss;
  }

  Real gradient(std::ptrdiff_t j) const {
    Real g;
    arb_div(g.get(), at(exps_, j).get(), sum_.get(), bits_);
    arb_mul(g.get(), g.get(), factor_.get(), bits_);
    arb_sub(g.get(), g.get(), at(c_, j).get(), bits_);
    if (maps_logits(row_.options))
      arb_mul(g.get(), g.get(), defined_slope(row_.options, row_.x(j), bits_).get(), bits_);
    return g;
  }

  const RowProblem& row_;
  long bits_;
  std::vector<Real> c_;  // C c_j
  Real total_;           // C Q
  std::vector<Real> z_;  // the logits as they are mapped
  std::vector<Real> exps_;
  Real sum_;
  Real lse_;
  Real z_factor_;  // C k
  Real factor_;    // C (Q + 2 k lse)
};

}  // namespace

DefinedRow defined_row(const RowProblem& row, long bits) {
  if (row.options.input != Input::logits) return defined_given_row(row, bits);
  if (const auto special = special_row(row)) return *special;
  return Evaluation(row, bits).result();
}

DefinedRow refined_row(const RowProblem& row, long wanted_bits, long most_bits) {
  long bits = 128;
  DefinedRow result = defined_row(row, bits);
  for (; result.known_bits < wanted_bits && 2 * bits <= most_bits; bits *= 2)
    result = defined_row(row, 2 * bits);
  return result;
}

}  // namespace xent::reference
