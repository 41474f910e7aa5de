// SPDX-License-Identifier: MIT
// The log-sum-exp of the mutants' kernel, m + log1p(sum_{j != a} exp(z_j - m)), z_a = m, of the
// mapped logits z, in extended precision.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/mapped_logit.hpp>
#include <xent/view.hpp>

#include "tests/mutants/mutant_targets.hpp"

namespace xent::tests {

/// NaN of a row with NaN or +inf, or with -inf only.
template <class T, Mistake mistake>
long double mutant_lse(VectorView<const T> x, const Options& options) {
  constexpr long double infinity = std::numeric_limits<long double>::infinity();
  long double m = -infinity;
  std::ptrdiff_t argmax = -1;
  bool known = true;
  for (std::ptrdiff_t j = 0; j < x.size; ++j) {
    const long double x_j = mapped_logit(options, static_cast<long double>(x[j]));
    known = known && x_j < infinity;
    if (x_j > m) argmax = j;
    m = std::max(m, x_j);
  }
  if (!known || m == -infinity) return std::numeric_limits<long double>::quiet_NaN();
  long double others = 0;
  for (std::ptrdiff_t j = 0; j < x.size; ++j)
    if (j != argmax) others += std::exp(mapped_logit(options, static_cast<long double>(x[j])) - m);
  return (mistake == Mistake::lse_without_maximum ? 0 : m) + std::log1p(others);
}

}  // namespace xent::tests
