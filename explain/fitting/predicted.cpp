// SPDX-License-Identifier: MIT
// What a formula predicts, with how far a textbook computation of it may be off.
#include <cmath>
#include <limits>

#include "explain/fitting/given.hpp"
#include "explain/formula/loss_reduction.hpp"
#include "explain/formula/rounding.hpp"

namespace xent::explain {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

double Predicted::deviation(double got) const {
  if (got == value || (std::isnan(got) && std::isnan(value))) return 0;
  if (!std::isfinite(got) || !std::isfinite(value)) return infinity;
  return std::abs(got - value) / tolerance;
}

double Predicted::bits(double exact) const {
  if (value == exact || (std::isnan(value) && std::isnan(exact))) return 0;
  if (!std::isfinite(value) || !std::isfinite(exact))
    return 8;  // an overflow that is foreseen; much may overflow
  const double distance = std::abs(value - exact) / tolerance;
  return distance < 4 ? 0 : std::log2(distance);
}

Predicted Prediction::loss() const {
  const double value = loss_scale * row.loss;
  return {value, slack * (std::abs(loss_scale) * precision->u_loss * row.loss_error +
                          half_ulp(value, precision->loss))};
}

Predicted Prediction::lse() const {
  const double value = lse_scale * row.lse;
  return {value, slack * (std::abs(lse_scale) * precision->u_loss * row.lse_error() +
                          half_ulp(value, precision->loss))};
}

Predicted Prediction::grad(std::size_t j) const {
  const double value = grad_scale * row.grad[j];
  return {value, slack * (std::abs(grad_scale) * precision->u_grad * row.grad_error(j) +
                          half_ulp(value, precision->grad))};
}

Candidate::Candidate(const Formula& of, const Doubt& doubt)
    : formula(of),
      loss(scales_of(of, doubt, doubt.problem.options.reduction)),
      grad(scales_of(of, doubt, doubt.reduction_of_grad())) {}

RowShare share_of(const Row& row) {
  return {row.target.kind != Target::Kind::unknown, row.loss, row.loss_error};
}

Predicted reduced_loss(const Candidate& candidate, std::span<const RowShare> rows,
                       const Precision& precision) {
  const Formula& formula = candidate.formula;
  LossReduction reduced(formula, candidate.loss, std::ssize(rows));
  double error = 0, size = 0, counted = 0;
  for (std::ptrdiff_t i = 0; i < std::ssize(rows); ++i) {
    const RowShare& row = rows[static_cast<std::size_t>(i)];
    if (!row.counts) continue;
    const double scale = candidate.loss[i];
    ++counted;
    reduced.add(i, row.loss);
    error += std::abs(scale) * row.error;
    size += std::abs(scale * row.loss);
  }
  error += (4 + 6 * std::sqrt(counted)) * size;
  Predicted result{reduced.value(), candidate.slack * precision.u_loss * error};
  if (formula.exponential)
    result.tolerance = result.value * (result.tolerance + 4 * precision.u_loss);
  result.tolerance += half_ulp(result.value, precision.loss);
  return result;
}

}  // namespace xent::explain
