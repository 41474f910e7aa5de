// SPDX-License-Identifier: MIT
// The sums of a row of soft targets in double words of the type A of its arithmetic, and its loss:
//
//   D = sum_j c_j (m - x_j),   Q = sum_j c_j,   A_j = sum_{k != j} c_k,   loss = D + l Q
//
// The largest coefficient c_b stays out of the sum of the others: A_b is that sum, and cancels no
// more than its terms do, and every other A_j is c_b plus what remains, so that at most one bit
// cancels where coefficients are of one sign.
//
// Error: docs/error_bounds.md, lemmas 39 and 40 (compensated: loss; compensated: gradient).
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include "impl/arithmetic/neumaier_sum.hpp"
#include "impl/driver/mapped_logits.hpp"
#include "impl/rows/compensated_row.hpp"
#include "impl/targets/coefficients.hpp"
#include "impl/targets/largest_coefficient.hpp"

namespace xent::impl {

/// Returns x to 2^-48 (f32), or exactly (f64). hi is 0 only where x is. An x beyond the range of A
/// becomes the largest number of its sign.
template <class A>
DoubleWord<A> double_word_of(Pair x) noexcept {
  const A hi = narrowed<A>(x);
  if (!std::isfinite(x.hi)) return {hi, 0};
  if (!std::isfinite(hi)) return {std::copysign(std::numeric_limits<A>::max(), hi), 0};
  return {hi, static_cast<A>((x.hi - static_cast<double>(hi)) + x.lo)};
}

/// The sums of a row.
template <class A>
struct CompensatedTargets {
  DoubleWord<A> gap;   // D
  DoubleWord<A> mass;  // Q; NaN where a coefficient is not finite, as are then D and all A_j
  DoubleWord<A> rest;  // A_b, the sum without c_b
  DoubleWord<A> largest;
  std::ptrdiff_t b = -1;

  /// Adds z to every A_j.
  void add_to_others(DoubleWord<A> z) noexcept { rest = rest + z; }

  /// Returns A_j.
  DoubleWord<A> others(std::ptrdiff_t j, DoubleWord<A> c_j) const noexcept {
    return j == b ? rest : largest + (rest + -c_j);
  }
};

/// Returns the sums of row x, whose maximum is m, against the coefficients c.
template <class Row, class T, class A = LossOf<T>>
CompensatedTargets<A> compensated_targets(Row x, const Coefficients<T>& c, A m) noexcept {
  const LargestCoefficient largest = largest_coefficient(c);
  CompensatedTargets<A> sums;
  sums.largest = double_word_of<A>(largest.value);
  sums.b = largest.index;
  NeumaierSum<A> gap;
  NeumaierSum<A> rest;
  c.for_each([&](std::ptrdiff_t j, Pair exact) {
    const DoubleWord<A> c_j = double_word_of<A>(exact);
    if (c_j.hi == 0) return;  // 0 times +inf would be NaN
    const DoubleWord<A> d = exact_sum(m, -A{x[j]});
    gap.add(std::isfinite(d.hi) ? c_j * d : DoubleWord<A>{c_j.hi * d.hi});
    if (j != sums.b) rest.add(c_j);
  });
  sums.gap = gap.total();
  sums.rest = rest.total();
  sums.mass = sums.largest + sums.rest;
  if (!std::isfinite(sums.mass.hi))
    sums.gap = sums.mass = sums.rest = {std::numeric_limits<A>::quiet_NaN(), 0};
  return sums;
}

/// Writes component j of the gradient with respect to x, where that with respect to the logits as
/// the row has them is g_j scale (impl/driver/mapped_logits.hpp).
template <class T, class A>
void put_component(const RowOutputs<T>& out, VectorView<const T>, std::ptrdiff_t j,
                   DoubleWord<A> g_j, Pair scale) noexcept {
  out.g[j] = static_cast<T>(rounded_product(g_j, double_word_of<A>(scale)));
}
template <class T, class A>
void put_component(const RowOutputs<T>& out, const MappedLogits<T, A>& x, std::ptrdiff_t j,
                   DoubleWord<A> g_j, Pair scale) noexcept {
  const auto root = x.template root<double>(j);
  double of_z;
  if constexpr (sizeof(A) == 8)
    of_z = rounded_product(g_j, double_word_of<A>(scale));
  else
    of_z = (static_cast<double>(g_j.hi) + static_cast<double>(g_j.lo)) * scale.hi;
  out.g[j] = static_cast<T>(static_cast<A>(of_z * root * root));
}

/// Returns the loss D + l Q of one row against soft targets, for a row that is_number().
template <class A>
ScaledPair soft_loss(const CompensatedTargets<A>& sums, const ScaledLog<A>& l) noexcept {
  if (!std::isfinite(sums.gap.hi)) return {exactly(static_cast<double>(sums.gap.hi))};
  return {pair_of(sums.gap + scaled(sums.mass * l.value, l.unit))};
}

}  // namespace xent::impl
