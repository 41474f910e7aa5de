// SPDX-License-Identifier: MIT
// Compares the results with what the problem's own formula gives.
#include "explain/fitting/given.hpp"

#include <algorithm>

#include "explain/fitting/precision.hpp"
#include "reference/workers.hpp"

namespace xent::explain {
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
