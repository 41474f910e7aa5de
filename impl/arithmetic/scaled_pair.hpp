// SPDX-License-Identifier: MIT
// A ScaledPair is value * unit: a pair with more range than double. It keeps all bits of a
// logarithm or a loss that is below the normal numbers of double, for a weight that multiplies it
// later, and holds a loss beyond the largest double, which a mean or later rows may bring back into
// the range.
#pragma once

#include <cmath>
#include <limits>

#include "impl/arithmetic/pair.hpp"

namespace xent::impl {

/// The unit of numbers that may be beyond the range of double.
inline constexpr double huge_unit = 0x1p600;

/// The number value * unit. The unit is a power of two; it is above 1 only where the number may be
/// beyond the range of double, and huge_unit there.
struct ScaledPair {
  Pair value;
  double unit = 1;
};

/// Returns x / huge_unit, for an x whose unit is at least 1.
inline Pair in_huge_unit(const ScaledPair& x) noexcept {
  return scale(x.value, x.unit / huge_unit);
}

/// Returns w x to 2^-100, relatively, for a finite w. Where x is infinite or NaN it multiplies as
/// IEEE 754 does, but w = 0 gives 0 unless x is NaN.
XENT_ALWAYS_INLINE ScaledPair times(const ScaledPair& x, Pair w) noexcept {
  if (w.hi == 1 && w.lo == 0) return x;
  if (w.hi == 0 && !std::isnan(x.value.hi)) return {};
  if (!std::isfinite(x.value.hi)) return {exactly(x.value.hi * w.hi), 1};
  if (x.unit > 1 || std::abs(w.hi) < 1) return {mul(x.value, w), x.unit};
  const Pair product = mul(x.value, scale(w, x.unit));
  if (std::isfinite(product.hi)) return {product, 1};
  return {mul(scale(x.value, 1 / huge_unit), scale(w, x.unit)), huge_unit};
}

/// Returns x as a pair of unit 1: exactly where the unit is 1 or nothing underflows, else rounded
/// once; infinite where it overflows.
XENT_ALWAYS_INLINE Pair unscaled(const ScaledPair& x) noexcept {
  if (x.unit == 1) return x.value;
  const double hi = x.value.hi * x.unit;
  if (!std::isfinite(hi)) return exactly(hi);
  const double rest = (x.value.hi - hi / x.unit) + x.value.lo;
  return {hi, rest * x.unit};
}

}  // namespace xent::impl
