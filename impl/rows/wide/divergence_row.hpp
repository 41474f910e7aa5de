// SPDX-License-Identifier: MIT
// The row function of the Kullback-Leibler divergence, in the next wider type W, for all
// implementations:
//
//   loss = CE - H,   CE = sum_j c_j (lse - z_j) + k lse^2,   H = -sum_j c_j log c_j
//
// where CE and the gradient are those of the row function of soft targets in W, of logits, mapped
// logits or given log-probabilities. CE and H are subtracted as pairs, so that their difference
// loses no more than they have lost themselves in W: 2^-29 of what it would lose in f32.
//
// Error: docs/error_bounds.md, lemma 86 (Kullback-Leibler divergence).
#pragma once

#include <cmath>
#include <cstddef>

#include "impl/arithmetic/neumaier_sum.hpp"
#include "impl/rows/wide/given_row.hpp"
#include "impl/rows/wide/wide_soft_row.hpp"

namespace xent::impl {

/// Returns sum_j c_j log c_j over the coefficients that are not 0; NaN where one is below 0.
template <class T>
Wide<T> negative_entropy(const Coefficients<T>& unscaled) noexcept {
  using W = Wide<T>;
  const Coefficients<T> c = unscaled.scaled();
  NeumaierSum<W> sum;
  c.for_each([&](std::ptrdiff_t, Pair exact) {
    const W c_j = wide_coefficient(c, exact);
    if (c_j != 0) sum.add({c_j * std::log(c_j), 0});
  });
  const DoubleWord<W> total = sum.total();
  return total.hi + total.lo;
}

/// Returns x + y, where y is not beyond the range of double.
inline ScaledPair plus(const ScaledPair& x, Pair y) noexcept {
  if (!std::isfinite(x.value.hi)) return {exactly(x.value.hi + y.hi)};
  if (x.unit > 1) return {add(x.value, scale(y, 1 / x.unit)), x.unit};
  return {add(unscaled(x), y)};
}

/// Computes a row, of logits or of what is given in their place (SoftRow of
/// impl/driver/row_functions.hpp).
template <class T>
ScaledPair divergence_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                          const RowOutputs<T>& out) noexcept {
  const Options& options = c.options();
  const SoftRow<T> cross_entropy = is_given(options)      ? given_row<T>
                                   : maps_logits(options) ? wide_mapped_row<T>
                                                          : wide_soft_row<T, VectorView<const T>>;
  return plus(cross_entropy(x, c, scale, out), pair_of(negative_entropy(c)));
}

}  // namespace xent::impl
