// SPDX-License-Identifier: MIT
// What a formula gives for a whole problem, rounded to f32.
#pragma once

#include <vector>

#include "explain/formula/formula.hpp"

namespace xent::explain {

struct FormulaResults {
  std::vector<float> loss;  // of the reduction that the problem names
  std::vector<float> grad;  // [N, C]; empty where the formula does not say what it is
};

/// Computes the results of the formula for the problem of the doubt. A row whose target the formula
/// does not know, as the last token of a sequence whose labels are shifted, has loss and gradient 0.
FormulaResults results_of(const Formula& formula, const Doubt& doubt);

}  // namespace xent::explain
