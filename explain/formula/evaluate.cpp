// SPDX-License-Identifier: MIT
// Computes one row by a formula.
#include <algorithm>
#include <cmath>
#include <limits>

#include "explain/formula/coefficients.hpp"
#include "explain/formula/formula.hpp"
#include "explain/formula/logits.hpp"
#include "explain/formula/rounding.hpp"
#include "explain/formula/softmax.hpp"

namespace xent::explain {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// sum_j c_j (lse - x_j), and p_j sum_k c_k - c_j.
void cross_entropy(const Formula& formula, Row& row) {
  double sizes = 0;
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    if (row.c[j] == 0) continue;
    // A rounded softmax is what the logarithm is then taken of.
    const double term = formula.arithmetic.softmax ? -std::log(row.p[j])
                        : row.x[j] == row.m        ? row.tail
                                                   : row.d(j) + row.tail;
    row.loss += row.c[j] * term;
    const double size = std::abs(row.c[j]);
    sizes += size * std::abs(term);
    row.loss_error += size * (row.sum_error() + std::min(2 * std::abs(row.d(j)), 1e300));
  }
  row.loss_error += 2 * std::abs(row.loss) + (sizes > 0 ? sizes * row.sum_error() / 4 : 0);
  if (!row.wants_grad) return;
  for (std::size_t j = 0; j < row.x.size(); ++j) row.grad[j] = row.derivative(j);
}

// Subtracts the entropy of the coefficients, which have the weight of the row as a factor.
void subtract_entropy(Row& row) {
  for (const double c : row.c) {
    if (c == 0) continue;
    const double term = c * std::log(c / row.v);
    row.loss += term;
    row.loss_error += 4 * std::abs(term) + std::abs(c);
  }
}

// Adds v (k lse^2 - entropy * H), H = l + W.
void add_penalties(const Formula& formula, const Doubt& doubt, Row& row) {
  const double k = row.v * formula.z_loss.value_or(doubt.problem.options.z_loss);
  const double entropy = row.v * formula.entropy;
  if (k == 0 && entropy == 0) return;
  const double h = row.tail + row.spread;
  row.loss += k * row.lse * row.lse - entropy * h;
  row.loss_error += std::abs(k * row.lse) * (2 * row.lse_error() + std::abs(row.lse)) +
                    std::abs(entropy) * 2 * row.sum_error() * (1 + h);
  if (!row.wants_grad) return;
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    if (row.p[j] == 0) continue;
    row.grad[j] += row.p[j] * (2 * k * row.lse + entropy * (row.log_p(j) + h));
  }
  row.mass += std::abs(2 * k * row.lse) + std::abs(entropy) * (1 + h);
}

void take_gradient(const Formula& formula, const Doubt& doubt, Row& row) {
  const Format format = doubt.grad_format.value_or(format_of(doubt.results.grad.dtype));
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    double& g = row.grad[j];
    if (formula.gradient == GradientForm::softmax) g = row.p[j] * row.total;
    if (formula.gradient == GradientForm::unit_mass) g = row.p[j] - row.c[j];
    if (formula.gradient == GradientForm::rounded_softmax)
      g = rounded_to(rounded_to(row.p[j], format) * row.total - row.c[j], format);
    g *= row.slope_of(j) * formula.factor * formula.grad_factor;
  }
  row.magnified = std::abs(formula.factor * formula.grad_factor);
}

void leave_out(Row& row) {
  const bool ignored = row.target.kind == Target::Kind::ignored;
  row.loss = ignored ? 0 : nan;
  std::ranges::fill(row.grad, ignored ? 0 : nan);
}

}  // namespace

void evaluate(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i, Row& row) {
  read_logits(formula, doubt, i, row);
  row.given ? take_exponentials(row) : take_softmax(formula.arithmetic, row);
  take_coefficients(formula, doubt, i, row);
  row.loss = row.loss_error = 0;
  row.magnified = 1;
  row.grad_relative = 4;
  if (row.wants_grad) row.grad.assign(row.x.size(), 0);
  if (row.target.kind == Target::Kind::ignored || row.target.kind == Target::Kind::unknown)
    return leave_out(row);
  if (!row.finite) {
    row.loss = nan;
    std::ranges::fill(row.grad, nan);
    return;
  }
  if (formula.row_loss)
    formula.row_loss(doubt, i, row);
  else
    cross_entropy(formula, row);
  if (formula.divergence.value_or(doubt.problem.options.kl_divergence)) subtract_entropy(row);
  add_penalties(formula, doubt, row);
  if (formula.exponential && !doubt.reduces_loss()) {
    row.loss = std::exp(row.loss);
    row.loss_error = row.loss * (row.loss_error + 2);
  }
  row.loss *= formula.factor;
  row.loss_error *= std::abs(formula.factor);
  if (row.wants_grad) take_gradient(formula, doubt, row);
}

}  // namespace xent::explain
