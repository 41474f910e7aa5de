// SPDX-License-Identifier: MIT
// What a formula gives for a whole problem.
#pragma once

#include <functional>
#include <vector>

#include "explain/formula/formula.hpp"

namespace xent::explain {

/// Results that are not rounded to a type yet.
struct FormulaResults {
  std::vector<double> loss;  // of the reduction that the problem names
  std::vector<double> grad;  // [N, C]; empty where the doubt has none, or the formula
  std::vector<double> lse;   // [N]
};

/// Computes the results of the formula for the problem of the doubt. A row whose target the formula
/// does not know, as the last token of a sequence whose labels are shifted, has loss and gradient
/// 0. `change` is applied to each row when the formula has filled it.
FormulaResults results_of(const Formula& formula, const Doubt& doubt,
                          const std::function<void(Row&)>& change = {});

}  // namespace xent::explain
