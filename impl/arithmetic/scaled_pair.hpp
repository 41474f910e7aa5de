// SPDX-License-Identifier: MIT
// A ScaledPair is value * unit: a pair with more range than double. It keeps all bits of a
// logarithm, a loss or a z-loss that is below the normal numbers of double, for a weight that
// multiplies it or a divisor that divides it later, and holds a loss beyond the largest double,
// which a mean or later rows may bring back into the range.
#pragma once

#include <cmath>
#include <limits>

#include "impl/arithmetic/pair.hpp"

namespace xent::impl {

/// The unit of numbers that may be beyond the range of double.
inline constexpr double huge_unit = 0x1p600;

/// The unit of numbers that may be below the normal numbers of double.
inline constexpr double tiny_unit = 0x1p-512;

/// The number value * unit. The unit is a power of two, and at least tiny_unit; it is above 1 only
/// where the number may be beyond the range of double, and huge_unit there.
struct ScaledPair {
  Pair value;
  double unit = 1;
};

/// Returns x / huge_unit, for an x whose unit is at least 1.
inline Pair in_huge_unit(const ScaledPair& x) noexcept {
  return scale(x.value, x.unit / huge_unit);
}

/// Returns x / tiny_unit, for an x whose unit is at most 1 and which is below 1.
inline Pair in_tiny_unit(const ScaledPair& x) noexcept {
  return scale(x.value, x.unit / tiny_unit);
}

/// Returns w x to 2^-100, relatively, for a finite w, in the unit of x unless it overflows there.
/// Where x is infinite or NaN it multiplies as IEEE 754 does, but w = 0 gives 0 unless x is NaN.
XENT_ALWAYS_INLINE ScaledPair times(const ScaledPair& x, Pair w) noexcept {
  if (w.hi == 1 && w.lo == 0) return x;
  if (w.hi == 0 && !std::isnan(x.value.hi)) return {};
  if (!std::isfinite(x.value.hi)) return {exactly(x.value.hi * w.hi), 1};
  const Pair plain = mul(x.value, w);
  if (x.unit > 1 || std::isfinite(plain.hi)) return {plain, x.unit};
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

/// Tells whether x is so small that the divisor of a mean must not divide it without a unit. 2^63
/// numbers of this size are below 2^-90 of any that is larger than 2^-200.
XENT_ALWAYS_INLINE bool is_tiny(Pair x) noexcept { return std::abs(x.hi) < 0x1p-400; }

/// Returns x, in the unit 1 unless it is tiny or beyond the range of double.
XENT_ALWAYS_INLINE ScaledPair without_needless_unit(const ScaledPair& x) noexcept {
  if (x.unit > 1) return x;
  const Pair plain = unscaled(x);
  return is_tiny(plain) && x.value.hi != 0 ? x : ScaledPair{plain};
}

}  // namespace xent::impl
