// SPDX-License-Identifier: MIT
// What a formula gives for a whole problem.
#include "explain/formula/formula_results.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

#include "explain/formula/rounding.hpp"
#include "explain/formula/scales.hpp"

namespace xent::explain {

FormulaResults results_of(const Formula& formula, const Doubt& doubt) {
  const Scales of_loss = scales_of(formula, doubt, doubt.problem.options.reduction);
  const Scales of_grad = scales_of(formula, doubt, doubt.reduction_of_grad());
  FormulaResults results;
  const std::optional<Format> narrow = formula.arithmetic.reduction;
  double sum = 0;
  Row row;
  row.wants_grad = formula.has_grad;
  for (std::ptrdiff_t i = 0; i < doubt.rows(); ++i) {
    evaluate(formula, doubt, i, row);
    if (row.target.kind == Target::Kind::unknown) {
      row.loss = 0;
      std::ranges::fill(row.grad, 0);
    }
    sum = narrow ? rounded_to(sum + row.loss, *narrow) : sum + of_loss[i] * row.loss;
    if (!doubt.reduces_loss()) results.loss.push_back(static_cast<float>(of_loss[i] * row.loss));
    const double scale = std::pow(of_grad[i], formula.grad_scalings);
    if (row.wants_grad)
      for (const double g : row.grad) results.grad.push_back(static_cast<float>(scale * g));
  }
  if (narrow) sum *= of_loss.of_all;
  if (doubt.reduces_loss())
    results.loss.push_back(static_cast<float>(formula.exponential ? std::exp(sum) : sum));
  return results;
}

}  // namespace xent::explain
