// SPDX-License-Identifier: MIT
// Computes the conditions of a row's results.
#include "reference/judging/condition.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/mapped_logit.hpp>

namespace xent::reference {

Condition::Condition(const RowProblem& row, const GradientTerms& terms)
    : p_(row.logits.size()),
      off_(p_),
      total_(std::abs(terms.total + terms.z)),
      z_slope_(terms.z_slope) {
  std::vector<double> z;
  for (const double x : row.logits) {
    z.push_back(mapped_logit(row.options, x));
    const double slope = mapped_slope(row.options, x);
    const double moved = std::min(std::abs(x) * slope, std::numeric_limits<double>::max());
    moved_.push_back(std::isfinite(x) ? moved : 0);
    slope_.push_back(slope);
  }
  if (is_given(row.options)) {
    for (std::size_t k = 0; k < p_.size() && !row.ignored; ++k) {
      const double c = std::abs(terms.c[k]);
      of_loss_ += std::isfinite(moved_[k]) ? moved_[k] * c : 0;
      of_given_.push_back(row.options.input == Input::probs ? slope_[k] * c : 0);
    }
    return;
  }
  const auto best = std::max_element(z.begin(), z.end());
  if (row.ignored || !std::isfinite(*best)) return;
  const auto at = static_cast<std::size_t>(best - z.begin());
  double others = 0;  // S - 1
  for (std::size_t j = 0; j < p_.size(); ++j) {
    p_[j] = std::exp(z[j] - *best);
    if (j != at) others += p_[j];
  }
  for (std::size_t j = 0; j < p_.size(); ++j) {
    off_[j] = (j == at ? others : 1 + (others - p_[j])) / (1 + others);
    p_[j] /= 1 + others;
    mean_ += p_[j] * moved_[j];
  }
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j) {
    const auto k = static_cast<std::size_t>(j);
    const double c = terms.c[k];
    const double g = (c == terms.total ? -c * off_[k] : terms.total * p_[k] - c) + terms.z * p_[k];
    of_loss_ += moved_[k] * std::abs(g);
  }
  if (std::isnan(of_loss_)) of_loss_ = 0;
}

double Condition::of_gradient(std::ptrdiff_t j) const {
  const auto k = static_cast<std::size_t>(j);
  if (!of_given_.empty()) return std::isfinite(of_given_[k]) ? of_given_[k] : 0;
  if (of_loss_ == 0 || p_[k] == 0) return 0;
  const double x = moved_[k];
  const double of_z =
      p_[k] * (total_ * (x * off_[k] + std::max(0.0, mean_ - x * p_[k])) + z_slope_ * mean_);
  return slope_[k] * of_z;
}

}  // namespace xent::reference
