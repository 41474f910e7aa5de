// SPDX-License-Identifier: MIT
// ScaledPair: a pair with more range than double, for what a weight may still lift: the logarithm
// of a sum, and a loss, that double itself would round to a subnormal number; and for what may
// still become smaller: a loss beyond the largest double, of which a mean or a sum may be within.
#pragma once

#include <cmath>
#include <limits>

#include "impl/arithmetic/pair.hpp"

namespace xent::impl {

/// The unit of what may be beyond the range of double.
inline constexpr double huge_unit = 0x1p600;

/// value * unit, unit a power of two: above 1 only where the number may be beyond the range.
struct ScaledPair {
  Pair value;
  double unit = 1;
};

/// x in units of huge_unit, for a unit that is at least 1.
inline Pair in_huge_unit(const ScaledPair& x) noexcept {
  return scale(x.value, x.unit / huge_unit);
}

/// w x, to 2^-100, for a finite w; as IEEE 754 multiplies where x is no finite number, but 0 for
/// w = 0 unless x is NaN.
XENT_ALWAYS_INLINE ScaledPair times(const ScaledPair& x, Pair w) noexcept {
  if (w.hi == 1 && w.lo == 0) return x;
  if (w.hi == 0 && !std::isnan(x.value.hi)) return {};
  if (!std::isfinite(x.value.hi)) return {exactly(x.value.hi * w.hi), 1};
  if (x.unit > 1 || std::abs(w.hi) < 1) return {mul(x.value, w), x.unit};
  const Pair product = mul(x.value, scale(w, x.unit));
  if (std::isfinite(product.hi)) return {product, 1};
  return {mul(scale(x.value, 1 / huge_unit), scale(w, x.unit)), huge_unit};
}

/// The same without the unit: exact where that is 1 or nothing underflows, else rounded once;
/// infinite where it overflows.
XENT_ALWAYS_INLINE Pair unscaled(const ScaledPair& x) noexcept {
  if (x.unit == 1) return x.value;
  const double hi = x.value.hi * x.unit;
  if (!std::isfinite(hi)) return exactly(hi);
  const double rest = (x.value.hi - hi / x.unit) + x.value.lo;
  return {hi, rest * x.unit};
}

}  // namespace xent::impl
