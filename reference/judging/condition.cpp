// SPDX-License-Identifier: MIT
// Computes the conditions of a row's results.
#include "reference/judging/condition.hpp"

#include <algorithm>
#include <cmath>

namespace xent::reference {

Condition::Condition(const RowProblem& row, const GradientTerms& terms)
    : row_(row),
      p_(row.logits.size()),
      off_(p_),
      total_(std::abs(terms.total + terms.z)),
      z_slope_(terms.z_slope) {
  const auto best = std::max_element(row.logits.begin(), row.logits.end());
  if (row.ignored || !std::isfinite(*best)) return;
  const auto at = static_cast<std::size_t>(best - row.logits.begin());
  double others = 0;  // S - 1
  for (std::size_t j = 0; j < p_.size(); ++j) {
    p_[j] = std::exp(row.logits[j] - *best);
    if (j != at) others += p_[j];
  }
  for (std::size_t j = 0; j < p_.size(); ++j) {
    off_[j] = (j == at ? others : 1 + (others - p_[j])) / (1 + others);
    p_[j] /= 1 + others;
    if (p_[j] > 0) mean_ += p_[j] * std::abs(row.logits[j]);
  }
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j) {
    const auto k = static_cast<std::size_t>(j);
    const double c = terms.c[k];
    const double g = (c == terms.total ? -c * off_[k] : terms.total * p_[k] - c) + terms.z * p_[k];
    if (std::isfinite(row.x(j))) of_loss_ += std::abs(row.x(j) * g);
  }
  if (std::isnan(of_loss_)) of_loss_ = 0;
}

double Condition::of_gradient(std::ptrdiff_t j) const {
  const auto k = static_cast<std::size_t>(j);
  if (of_loss_ == 0 || p_[k] == 0) return 0;
  const double x = std::abs(row_.x(j));
  return p_[k] * (total_ * (x * off_[k] + std::max(0.0, mean_ - x * p_[k])) + z_slope_ * mean_);
}

}  // namespace xent::reference
