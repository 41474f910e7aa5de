// SPDX-License-Identifier: MIT
// Encloses the losses of all rows of a problem, which threads share, and sums them.
#pragma once

#include <cstddef>
#include <vector>

#include <xent/any_problem.hpp>

#include "reference/judging/judge.hpp"
#include "reference/oracle.hpp"
#include "reference/reduction.hpp"
#include "reference/row_problem.hpp"
#include "reference/workers.hpp"

namespace xent::reference {

/// The share of one row in a reduced loss.
template <class N>
struct Share {
  Exact<N> loss;  // times `classes`
  double classes = 1;
  int sign_of_total = 0;
  N bound;
};

/// Returns the sum over the rows, in their order. `bound_of` returns how far the loss of a row may
/// err by the contract, as an optional.
template <class N, class BoundOf>
ReducedLoss<N> reduced_loss(const AnyProblem& problem, const JudgeOptions& options,
                            const BoundOf& bound_of) {
  std::vector<Share<N>> shares(static_cast<std::size_t>(problem.logits.rows()));
  share_rows(problem.logits.rows(), options.threads, options.done,
             [&](std::size_t, std::ptrdiff_t i) {
               const RowProblem row = row_problem(problem, i);
               const RowEnclosure<N> exact(row, false);
               shares[static_cast<std::size_t>(i)] = {exact.multiple_of_loss(), exact.divisor(),
                                                      exact.sign_of_total(),
                                                      bound_of(exact).value_or(N())};
             });
  ReducedLoss<N> total;
  for (const Share<N>& one : shares) total.add(one.loss, one.classes, one.sign_of_total, one.bound);
  return total;
}

}  // namespace xent::reference
