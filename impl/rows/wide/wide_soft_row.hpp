// SPDX-License-Identifier: MIT
// The row function of soft targets in the next wider type W, rounded once. With a one argmax of x,
// m = x_a, and the sums of wide_row.hpp and wide_targets.hpp,
//
//   l = log1p(R),   loss = D + l Q + k lse^2,   g_j = (e_j (A_j + z) - c_j n_j) / (1 + R)
//   e_j = exp(x_j - m),   n_j = sum_{k != j} e_k,   z = 2 k lse
//
// It is that of `widened`, and that of `sparse`, `simd` and `faithful` for logits with a
// temperature or a softcap, which W holds to far less than the results' unit roundoff.
//
// Error: docs/error_bounds.md, lemmas 42, 43 and 84 (widened: loss; widened: gradient; what mapping
// costs).
#pragma once

#include <cmath>

#include "impl/bounds/mapped_in.hpp"
#include "impl/driver/mapped_logits.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/rows/wide/wide_row.hpp"
#include "impl/rows/wide/wide_targets.hpp"

namespace xent::impl {

/// Returns m + l as a pair, an infinity where a temperature took m beyond the range of double.
template <class W>
Pair wide_lse(W m, W l) noexcept {
  const Pair pair = pair_of(m);
  return std::isfinite(pair.hi) ? add(pair, pair_of(l)) : pair;
}

/// Computes a row of logits of T, a view of them or MappedLogits in W (SoftRow of
/// impl/driver/row_functions.hpp).
template <class T, class Row>
ScaledPair wide_soft_row(Row x, const Coefficients<T>& unscaled, Pair scale,
                         const RowOutputs<T>& out) {
  using W = Wide<T>;
  const WideRow<W> row = wide_row<W>(x);
  if (!row.is_number()) return without_loss(out);
  const Coefficients<T> c = unscaled.scaled();  // in f64 a product of pairs may underflow
  WideTargets<W> sums = wide_targets(x, c, row.m);
  const W l = std::log1p(row.tail);
  const Pair lse = put_lse(out, wide_lse(row.m, l));
  const ScaledPair loss = c.z_loss().added(scaled_pair_of(sums.gap + l * sums.mass), lse);
  if (c.z_loss().is_present()) sums.add_to_others(c.z_loss().wide_mass(row.m + l));
  if (out.g.data != nullptr) {
    const W t = wide_of<W>(scale) / (1 + row.tail);
    c.for_each([&](std::ptrdiff_t j, Pair exact) {
      const W c_j = wide_coefficient(c, exact);
      const W e_j = row.exp(x[j]);
      const W g_j = t * (e_j * sums.others(j, c_j) - c_j * row.others(j, e_j));
      put_component(out, x, j, g_j, exactly(1));
    });
  }
  return loss;
}

/// That row function for mapped logits, as a SoftRow.
template <class T>
inline constexpr SoftRow<T> wide_mapped_row =
    mapped_row<wide_soft_row<T, MappedLogits<T, Wide<T>>>, T>;

/// Returns the errors of an implementation that computes rows of mapped logits so: 36 unit
/// roundoffs are what sums of coefficients of both signs err by for up to 2^26 classes (lemma 43).
template <class T>
constexpr MappingErrors mapped_in_wide_rows() {
  MappingErrors errors = mapped_in<Wide<T>>();
  errors.others = 36 * errors.unit;
  return errors;
}

}  // namespace xent::impl
