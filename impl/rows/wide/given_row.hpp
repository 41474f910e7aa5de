// SPDX-License-Identifier: MIT
// The row function of given log-probabilities and probabilities, in the next wider type W, for all
// implementations and targets. With z_j of include/xent/log_prob.hpp,
//
//   loss = -sum_j c_j z_j,   g_j = -c_j dz_j / dx_j
//
// Why it is safe: nothing is subtracted, so that no more cancels than terms of both signs do. A
// class with c_j = 0 is not read: its z_j may be -inf or NaN. W holds every product of a
// coefficient with a logarithm or a quotient, and the sum is compensated.
//
// Error, in the unit roundoff of W: 8 of the sum of the magnitudes of the terms, 10 of a component,
// before one rounding. Proof: docs/error_bounds.md, lemma 85 (given log-probabilities and
// probabilities).
#pragma once

#include <cmath>
#include <cstddef>

#include <xent/log_prob.hpp>

#include "impl/arithmetic/neumaier_sum.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/rows/wide/wide_targets.hpp"

namespace xent::impl {

/// Returns factor * slope, 0 where the factor is and the slope is no NaN; never -0.
template <class W>
W times_slope(W factor, W slope) noexcept {
  return factor == 0 && !std::isnan(slope) ? W{0} : factor * slope + 0;
}

/// Computes a row of given log-probabilities or probabilities (SoftRow of
/// impl/driver/row_functions.hpp). Where a coefficient is not finite, loss and gradient are NaN.
template <class T>
ScaledPair given_row(VectorView<const T> x, const Coefficients<T>& unscaled, Pair scale,
                     const RowOutputs<T>& out) noexcept {
  using W = Wide<T>;
  const Coefficients<T> c = unscaled.scaled();  // in f64 a product of pairs may underflow
  const W factor = wide_of<W>(scale);
  NeumaierSum<W> sum;
  bool is_finite = true;
  c.for_each([&](std::ptrdiff_t j, Pair exact) {
    const W c_j = wide_coefficient(c, exact);
    const W x_j = x[j];  // before the gradient may be written in its place
    is_finite = is_finite && std::isfinite(c_j);
    if (c_j != 0) sum.add({c_j * log_prob(c.options(), x_j), 0});
    if (out.g.data == nullptr) return;
    const W slope = c_j == 0 ? W{0} : log_prob_slope(c.options(), x_j);
    out.g[j] = static_cast<T>(times_slope(-c_j * factor, slope));
  });
  if (!is_finite) return without_loss(out);
  const DoubleWord<W> total = sum.total();
  return scaled_pair_of<W>(-(total.hi + total.lo));
}

}  // namespace xent::impl
