// SPDX-License-Identifier: MIT
// One row of given log-probabilities or probabilities of the mutants' kernel, in extended
// precision:
//
//   loss = -v sum_j c_j z_j,   g_j = -v c_j dz_j / dx_j
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <xent/log_prob.hpp>
#include <xent/problem.hpp>

#include "tests/mutants/mutant_targets.hpp"

namespace xent::tests {

/// Loss and gradient as those of MutantRow.
template <class T, Mistake mistake>
class MutantGivenRow {
 public:
  MutantGivenRow(const Problem<T>& problem, std::ptrdiff_t i)
      : problem_(problem), i_(i), targets_(problem, i) {
    known_ = targets_.known && std::all_of(targets_.c.begin(), targets_.c.end(),
                                           [](auto c) { return std::isfinite(c); });
  }

  long double loss() const {
    if (targets_.ignored) return 0;
    if (!known_) return std::numeric_limits<long double>::quiet_NaN();
    Options options = problem_.options;
    if (mistake == Mistake::logarithm_left_out) options.input = Input::log_probs;
    long double sum = 0;
    for (std::size_t j = 0; j < targets_.c.size(); ++j)
      if (targets_.c[j] != 0) sum -= targets_.c[j] * (log_prob(options, x(j)) - targets_.log_of(j));
    return weighted(sum * targets_.factor) + 0.0L;
  }

  /// Over n; of an ignored row 0.
  long double gradient(std::ptrdiff_t column, long double n) const {
    const auto j = static_cast<std::size_t>(column);
    if (targets_.ignored) return 0;
    if (!known_) return std::numeric_limits<long double>::quiet_NaN();
    if (targets_.c[j] == 0) return 0;
    Options options = problem_.options;
    if (mistake == Mistake::clip_with_slope) options.clip = 0;
    return weighted(-targets_.c[j] * log_prob_slope(options, x(j)) * targets_.factor) / n;
  }

 private:
  long double x(std::size_t j) const {
    return static_cast<long double>(problem_.logits(i_, static_cast<std::ptrdiff_t>(j)));
  }
  // v times the number, 0 where v is 0.
  long double weighted(long double number) const {
    if (targets_.row_weight == 0) return std::isnan(number) ? number : 0;
    return targets_.row_weight * number;
  }

  const Problem<T>& problem_;
  std::ptrdiff_t i_;
  MutantTargets<T, mistake> targets_;
  bool known_ = true;  // no coefficient is NaN or infinite
};

}  // namespace xent::tests
