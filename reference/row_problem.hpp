// SPDX-License-Identifier: MIT
// A RowProblem is one row of a problem in doubles, which hold every element type exactly. Its loss,
// for any form of the targets, is that of include/xent/problem.hpp.
#pragma once

#include <cstddef>
#include <vector>

#include <xent/any_problem.hpp>

namespace xent::reference {

/// One row, with its options.
struct RowProblem {
  std::vector<double> logits;   // x: [C]
  std::vector<double> targets;  // q: [C]; [j = y] for labels
  std::vector<double> weight;   // w: [C]; empty: ones
  Options options = {};
  std::ptrdiff_t label = -1;  // y; -1 for probs and csr
  bool ignored = false;       // whether loss and gradient are 0, whatever the rest
  double row_weight = 1;      // v

  std::ptrdiff_t classes() const { return std::ssize(logits); }
  double w(std::ptrdiff_t j) const {
    return weight.empty() ? 1 : weight[static_cast<std::size_t>(j)];
  }
  double x(std::ptrdiff_t j) const { return logits[static_cast<std::size_t>(j)]; }
  double q(std::ptrdiff_t j) const { return targets[static_cast<std::size_t>(j)]; }
  /// Tells whether c_j can differ from 0.
  bool is_target(std::ptrdiff_t j) const {
    return (options.label_smoothing != 0 || q(j) != 0) && w(j) != 0;
  }
};

/// Returns row i of a problem that has passed validate().
RowProblem row_problem(const AnyProblem& problem, std::ptrdiff_t i);

}  // namespace xent::reference
