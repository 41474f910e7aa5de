// SPDX-License-Identifier: MIT
// Evaluate: the correctly rounded results of a problem.
#pragma once

#include <cstddef>
#include <vector>

#include <xent/any_problem.hpp>

#include "reference/workers.hpp"

namespace xent::reference {

struct EvaluateOptions {
  Format loss = format_of(DType::f32);
  Format grad = format_of(DType::f32);
  bool with_gradient = false;
  bool with_lse = false;  // in the format of the loss
  int threads = 1;
  RowsDone done = {};
};

/// A result that the finest number left between two neighbours; it is NaN in the results.
struct Undecided {
  std::ptrdiff_t row = -1;     // -1: the reduced loss
  std::ptrdiff_t column = -1;  // -1: the loss, -2: the log-sum-exp
};

struct Evaluated {
  std::vector<double> loss;  // [N] for Reduction::none, else [1]
  std::vector<double> grad;  // [N, C] row after row, of the reduced loss; empty where not asked for
  std::vector<double> lse;   // [N]; empty where not asked for
  std::vector<Undecided> undecided;
};

/// Each result is the number of its format nearest to the exact value: also a sum or a mean, which
/// is not that of rounded rows. The problem has passed validate().
Evaluated evaluate(const AnyProblem& problem, const EvaluateOptions& options);

}  // namespace xent::reference
