// SPDX-License-Identifier: MIT
// The sums of a row of soft targets, and its loss from them and from l (impl/rows/row_loss.hpp):
//
//   D = sum_j c_j (m - x_j),   Q = sum_j c_j,   loss = D + l Q
//
// Where D overflows it is summed again in units of huge_unit. Error: docs/error_bounds.md, lemmas 9
// and 33 (distances and losses beyond the range; D and Q of soft targets).
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include <xent/view.hpp>

#include "impl/arithmetic/pair.hpp"
#include "impl/arithmetic/scaled_pair.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/targets/coefficients.hpp"

namespace xent::impl {

/// The sums of soft targets: D = sum_j c_j (m - x_j) is gap * unit * gap_unit, and Q = sum_j c_j is
/// mass * unit.
struct TargetSums {
  Pair gap, mass;
  double unit = 1;
  double gap_unit = 1;
};

/// Returns a + b; as IEEE 754 adds where the sum is not finite.
inline Pair plus(Pair a, Pair b) noexcept {
  const double sum = a.hi + b.hi;
  return std::isfinite(sum) ? add(a, b) : exactly(sum);
}

/// Returns the sums of a part of a row, whose D is about the part's maximum m, with D about the
/// maximum of the row: D grows by Q (row_m - m).
inline TargetSums about(TargetSums sums, double m, double row_m) noexcept {
  if (!std::isfinite(row_m) || m == row_m) return sums;
  const Pair rise = two_sum(row_m, std::isfinite(m) ? -m : 0);
  const double growth = sums.mass.hi * rise.hi;
  sums.gap = plus(sums.gap, std::isfinite(growth) ? mul(sums.mass, rise) : exactly(growth));
  return sums;
}

/// Tells whether D overflowed and may be finite in units of huge_unit. For f32 no D overflows
/// double.
template <class T>
bool may_be_huge(const TargetSums& sums) noexcept {
  return sizeof(T) == 8 && std::isfinite(sums.mass.hi) && !std::isfinite(sums.gap.hi);
}

/// Returns the same sums with D summed again in units of huge_unit.
template <class T>
TargetSums with_huge_gap(TargetSums sums, VectorView<const T> x, const Coefficients<T>& c,
                         const RowState& row) noexcept {
  CompensatedSum gap;
  c.for_each([&](std::ptrdiff_t j, Pair c_j) {
    if (c_j.hi == 0) return;  // 0 times +inf would be NaN
    const Pair d = huge_distance(row, static_cast<double>(x[j]));
    const Pair term = std::isfinite(d.hi) ? mul(c_j, d) : exactly(c_j.hi * d.hi);
    gap.add_term(term.hi, term.lo);
  });
  sums.gap = gap.total();
  sums.gap_unit = huge_unit;
  return sums;
}

/// Returns the loss D + l Q against soft targets, for a row that is_number(); NaN where Q is not
/// finite.
inline ScaledPair soft_loss(const ScaledPair& l, const TargetSums& sums) noexcept {
  if (!std::isfinite(sums.mass.hi)) return {exactly(std::numeric_limits<double>::quiet_NaN())};
  if (!std::isfinite(sums.gap.hi)) return {exactly(sums.gap.hi)};
  const ScaledPair tail = times(l, sums.mass);
  if (sums.gap.hi == 0) return {tail.value, tail.unit * sums.unit};
  const Pair in_gap_unit = scale(unscaled(tail), 1 / sums.gap_unit);
  return {add(sums.gap, in_gap_unit), sums.unit * sums.gap_unit};
}

}  // namespace xent::impl
