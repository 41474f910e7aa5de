// SPDX-License-Identifier: MIT
// The sums of a row of soft targets in the next wider type W:
//
//   D = sum_j c_j (m - x_j),   Q = sum_j c_j,   A_j = sum_{k != j} c_k
//
// The largest coefficient c_b stays out of the sum of the others: A_b is that sum, and cancels no
// more than its terms do, and every other A_j is c_b plus what remains, so that at most one bit
// cancels where coefficients are of one sign.
//
// Error: docs/error_bounds.md, lemmas 42 and 43 (widened: loss; widened: gradient).
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include "impl/rows/wide/wide_row.hpp"
#include "impl/targets/coefficients.hpp"
#include "impl/targets/largest_coefficient.hpp"

namespace xent::impl {

/// The sums of a row.
template <class W>
struct WideTargets {
  W gap = 0;   // D
  W mass = 0;  // Q; NaN where a coefficient is not finite, as are then D and all A_j
  W rest = 0;  // A_b, the sum without c_b
  W largest = 0;
  std::ptrdiff_t b = -1;

  /// Adds z to every A_j.
  void add_to_others(W z) noexcept { rest += z; }

  /// Returns A_j.
  W others(std::ptrdiff_t j, W c_j) const noexcept {
    return j == b ? rest : largest + (rest - c_j);
  }
};

/// Returns c_j without the unit of c, `c_j` being the scaled coefficient.
template <class T>
Wide<T> wide_coefficient(const Coefficients<T>& c, Pair c_j) noexcept {
  return wide_of<Wide<T>>(c_j) * static_cast<Wide<T>>(c.unit());
}

/// Returns the sums of row x, whose maximum is m, against the coefficients c, which are scaled.
template <class Row, class T, class W = Wide<T>>
WideTargets<W> wide_targets(Row x, const Coefficients<T>& c, W m) noexcept {
  const LargestCoefficient largest = largest_coefficient(c);
  WideTargets<W> sums;
  sums.largest = wide_coefficient(c, largest.value);
  sums.b = largest.index;
  PairwiseSum<W> gap;
  PairwiseSum<W> rest;
  c.for_each([&](std::ptrdiff_t j, Pair exact) {
    const W c_j = wide_coefficient(c, exact);
    if (c_j == 0) return;  // 0 times +inf would be NaN
    gap.add(c_j * (m - W{x[j]}));
    if (j != sums.b) rest.add(c_j);
  });
  sums.gap = gap.total();
  sums.rest = rest.total();
  sums.mass = sums.largest + sums.rest;
  if (!std::isfinite(sums.mass))
    sums.gap = sums.mass = sums.rest = std::numeric_limits<W>::quiet_NaN();
  return sums;
}

}  // namespace xent::impl
