// SPDX-License-Identifier: MIT
// What a formula gives for a whole problem.
#include "explain/formula/formula_results.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "explain/formula/loss_reduction.hpp"
#include "explain/formula/scales.hpp"

namespace xent::explain {

FormulaResults results_of(const Formula& formula, const Doubt& doubt,
                          const std::function<void(Row&)>& change) {
  const Scales of_loss = scales_of(formula, doubt, doubt.problem.options.reduction);
  const Scales of_grad = scales_of(formula, doubt, doubt.reduction_of_grad());
  LossReduction reduced(formula, of_loss, doubt.rows());
  FormulaResults results;
  Row row;
  row.wants_grad = doubt.has_grad() && formula.has_grad;
  for (std::ptrdiff_t i = 0; i < doubt.rows(); ++i) {
    evaluate(formula, doubt, i, row);
    if (change) change(row);
    if (row.target.kind == Target::Kind::unknown) {
      row.loss = 0;
      std::ranges::fill(row.grad, 0);
    }
    reduced.add(i, row.loss);
    if (!doubt.reduces_loss()) results.loss.push_back(of_loss[i] * row.loss);
    results.lse.push_back(formula.lse_factor * row.lse);
    const double scale = std::pow(of_grad[i], formula.grad_scalings);
    if (row.wants_grad)
      for (const double g : row.grad) results.grad.push_back(scale * g);
  }
  if (doubt.reduces_loss()) results.loss.push_back(reduced.value());
  return results;
}

}  // namespace xent::explain
