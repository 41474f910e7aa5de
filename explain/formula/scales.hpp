// SPDX-License-Identifier: MIT
// The scales are what a formula's reduction multiplies the rows by: the reduced loss is
// sum_i s_i loss_i, and row i of the gradient is s_i times that of its own loss.
#pragma once

#include <cstddef>
#include <vector>

#include "explain/formula/formula.hpp"

namespace xent::explain {

struct Scales {
  /// One for each row; empty: `of_all`.
  std::vector<double> of_row = {};
  double of_all = 1;

  double operator[](std::ptrdiff_t i) const {
    return of_row.empty() ? of_all : of_row[static_cast<std::size_t>(i)];
  }
};

/// Returns the divisor of a formula's mean; that of segments and of a sum is 1.
double divisor_of(const Formula& formula, const Doubt& doubt, Divisor divisor);

/// Returns the scales by that formula, where the problem names that reduction.
Scales scales_of(const Formula& formula, const Doubt& doubt, Reduction named);

}  // namespace xent::explain
