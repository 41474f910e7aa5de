// SPDX-License-Identifier: MIT
// Computes the correctly rounded results of a problem.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include <xent/any_problem.hpp>

#include "reference/workers.hpp"

namespace xent::reference {

/// A function that takes row i of a matrix of results: [C].
using TakeRow = std::function<void(std::ptrdiff_t i, std::span<const double> results)>;

/// The formats of the results, and which are computed besides the loss.
struct EvaluateOptions {
  Format loss = format_of(DType::f32);
  Format grad = format_of(DType::f32);
  // These are called once a row, by several threads at a time; absent: none.
  TakeRow gradient = {};     // of the gradient of the returned loss
  TakeRow log_softmax = {};  // of the log-softmax, in the format of the gradient
  bool with_lse = false;     // in the format of the loss
  int threads = 1;
  RowsDone done = {};
};

/// The place of a result that the finest number left between two neighbours; it is NaN in the
/// results.
struct Undecided {
  std::ptrdiff_t row = -1;     // -1: the reduced loss
  std::ptrdiff_t column = -1;  // -1: the loss, -2: the log-sum-exp, below: the log-softmax
};

/// The results, all numbers of their formats.
struct Evaluated {
  std::vector<double> loss;  // [N] for Reduction::none, else [1]
  std::vector<double> lse;   // [N]; empty where not asked for
  std::vector<Undecided> undecided;
};

/// Returns the results of a problem that has passed validate(). Each is the number of its format
/// nearest to the exact value, ties to even; so is a sum or a mean, which is not made of rounded
/// rows.
Evaluated evaluate(const AnyProblem& problem, const EvaluateOptions& options);

}  // namespace xent::reference
