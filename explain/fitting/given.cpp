// SPDX-License-Identifier: MIT
// Compares the results with what the problem's own formula gives.
#include "explain/fitting/given.hpp"

#include <algorithm>
#include <limits>

#include "explain/fitting/precision.hpp"
#include "explain/formula/rounding.hpp"
#include "reference/workers.hpp"

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
  if (!std::isfinite(value) || !std::isfinite(exact)) return 14;  // an overflow foreseen
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
  double sum = 0, error = 0, size = 0, rounded = 0, counted = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].counts) continue;
    const double scale = candidate.loss[static_cast<std::ptrdiff_t>(i)];
    ++counted;
    sum += scale * rows[i].loss;
    error += std::abs(scale) * rows[i].error;
    size += std::abs(scale * rows[i].loss);
    if (formula.arithmetic.reduction)
      rounded = rounded_to(rounded + rows[i].loss, *formula.arithmetic.reduction);
  }
  error += (4 + 6 * std::sqrt(counted)) * size;
  Predicted result{sum, candidate.slack * precision.u_loss * error};
  if (formula.arithmetic.reduction) result.value = rounded * candidate.loss.of_all;
  if (formula.exponential) {
    result.value = std::exp(result.value);
    result.tolerance = result.value * (result.tolerance + 4 * precision.u_loss);
  }
  result.tolerance += half_ulp(result.value, precision.loss);
  return result;
}

Given::Given(const Doubt& doubt, int threads)
    : doubt_(doubt),
      precision_(precision_of(doubt)),
      exact_(Formula{}, doubt),
      threads_(threads),
      rows_(static_cast<std::size_t>(doubt.rows())) {
  std::vector<Prediction> of_worker(static_cast<std::size_t>(std::max(threads, 1)));
  std::vector<RowShare> shares(doubt.reduces_loss() && doubt.has_loss() ? rows_.size() : 0);
  reference::share_rows(doubt.rows(), threads, {}, [&](std::size_t worker, std::ptrdiff_t i) {
    Prediction& exact = of_worker[worker];
    predict(exact_, i, exact);
    compare_row(i, exact);
    if (!shares.empty()) shares[static_cast<std::size_t>(i)] = share_of(exact.row);
  });
  if (has(Quantity::loss) && !by_rows(Quantity::loss)) {
    reduced_ = reduced_loss(exact_, shares, precision_);
    wrong_[index_of(Quantity::loss)] = reduced_.deviation(doubt.results.loss[0]) > 1;
  }
  for (const GivenRow& row : rows_)
    for (const Quantity quantity : all_quantities)
      if (by_rows(quantity) && !row.right[index_of(quantity)]) wrong_[index_of(quantity)] = true;
}

bool Given::has(Quantity quantity) const {
  switch (quantity) {
    case Quantity::loss: return doubt_.has_loss();
    case Quantity::grad: return doubt_.has_grad();
    case Quantity::lse: return doubt_.has_lse();
  }
  return false;
}

bool Given::by_rows(Quantity quantity) const {
  return has(quantity) && (quantity != Quantity::loss || !doubt_.reduces_loss());
}

void Given::predict(const Candidate& candidate, std::ptrdiff_t i, Prediction& prediction,
                    bool with_grad) const {
  prediction.row.wants_grad = with_grad && doubt_.has_grad() && candidate.formula.has_grad;
  evaluate(candidate.formula, doubt_, i, prediction.row);
  prediction.lse_scale = candidate.formula.lse_factor;
  prediction.slack = candidate.slack;
  prediction.loss_scale = candidate.loss[i];
  const double scale = candidate.grad[i];
  prediction.grad_scale = candidate.formula.grad_scalings == 0   ? 1
                          : candidate.formula.grad_scalings == 1 ? scale
                                                                 : scale * scale;
  prediction.precision = &precision_;
}

void Given::compare_row(std::ptrdiff_t i, const Prediction& exact) {
  GivenRow& row = rows_[static_cast<std::size_t>(i)];
  const auto set = [&](Quantity quantity, double off) {
    row.off[index_of(quantity)] = off;
    row.right[index_of(quantity)] = off <= 1;
  };
  if (by_rows(Quantity::loss)) set(Quantity::loss, exact.loss().deviation(doubt_.results.loss[i]));
  if (has(Quantity::lse)) set(Quantity::lse, exact.lse().deviation(doubt_.results.lse[i]));
  if (!has(Quantity::grad)) return;
  double worst = 0;
  for (std::ptrdiff_t j = 0; j < doubt_.classes(); ++j) {
    const double off = exact.grad(static_cast<std::size_t>(j)).deviation(doubt_.results.grad(i, j));
    if (off <= worst) continue;
    worst = off;
    row.worst_column = j;
  }
  set(Quantity::grad, worst);
}

}  // namespace xent::explain
