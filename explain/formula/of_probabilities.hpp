// SPDX-License-Identifier: MIT
// Losses of a row that are sums over functions of the probabilities: sum_j c_j f(p_j).
#pragma once

#include <cmath>
#include <cstddef>

#include "explain/formula/row.hpp"

namespace xent::explain {

/// f(p_j), its derivative in log p_j, and how far it may be off in u apart from the error of p_j.
struct OfProbability {
  double value = 0;
  double slope = 0;
  double error = 0;
};

/// Fills the loss and the gradient of a row; f takes p_j and log p_j.
template <class F>
void of_probabilities(Row& row, F f) {
  double sum = 0;  // sum_j c_j df/dlog p_j
  for (std::size_t j = 0; j < row.x.size(); ++j) {
    if (row.c[j] == 0) continue;
    const OfProbability term = f(row.p[j], row.log_p(j));
    row.loss += row.c[j] * term.value;
    const double of_p = row.sum_error() + 2 * std::abs(row.d(j));
    const double error = (term.slope == 0 ? 0 : std::abs(term.slope) * of_p) + term.error;
    row.loss_error += std::abs(row.c[j]) * (error + 2 * std::abs(term.value));
    sum += row.c[j] * term.slope;
    if (row.wants_grad) row.grad[j] = row.c[j] * term.slope;
  }
  if (!row.wants_grad || row.given) return;
  for (std::size_t j = 0; j < row.x.size(); ++j) row.grad[j] -= row.p[j] * sum;
}

}  // namespace xent::explain
