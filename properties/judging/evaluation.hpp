// SPDX-License-Identifier: MIT
// Evaluation: what an implementation computed, each number beside what its contract lets it err;
// and the comparisons that the laws are made of.
#pragma once

#include <cstddef>
#include <vector>

#include <xent/any_problem.hpp>
#include <xent/contract.hpp>
#include <xent/problem.hpp>

namespace xent::properties {

/// [N], or [1] of a reduction.
template <class T>
using Losses = std::vector<LossOf<T>>;

/// Losses and gradient of one problem. Elements that a kernel leaves unwritten are NaN.
template <class T>
struct Evaluation {
  std::ptrdiff_t rows = 0;
  std::ptrdiff_t classes = 0;
  Losses<T> loss;
  std::vector<T> grad;                       // [N, C]
  std::vector<long double> loss_bound = {};  // on |computed - exact|, by the contract
  std::vector<long double> grad_bound = {};

  Outputs<T> outputs();
};

/// Runs the kernel for the loss and the gradient; the bounds stay empty.
template <class T>
Evaluation<T> compute(const Contract<T>& contract, const Problem<T>& problem);

/// The same with the bounds.
template <class T>
Evaluation<T> evaluate(const Contract<T>& contract, const Problem<T>& problem);

/// Runs the kernel for the loss alone.
template <class T>
Losses<T> evaluate_loss(const Contract<T>& contract, const Problem<T>& problem);

/// Runs the kernel for the loss and the log-sum-exp, [N], and where it is wanted for the gradient.
template <class T>
Losses<T> evaluate_lse(const Contract<T>& contract, const Problem<T>& problem,
                       bool with_gradient = false);

/// What the losses of the rows are divided by, within a relative 2^-52; 0 only where it is: the
/// mean is then NaN or infinite, and so is its gradient.
long double divisor_of(const AnyProblem& problem);

/// The bounds of both results, computed from the problem.
template <class T>
void add_bounds(Evaluation<T>& evaluation, const Contract<T>& contract, const Problem<T>& problem);

/// What the contract lets the log-sum-exp of a row err.
template <class T>
long double lse_bound(const Contract<T>& contract, const RowFacts& row);

}  // namespace xent::properties
