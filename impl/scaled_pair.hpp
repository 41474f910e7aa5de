// SPDX-License-Identifier: MIT
// ScaledPair: a pair with more range than double, for what a weight may still lift: the logarithm
// of a sum, and a loss, that double itself would round to a subnormal number.
#pragma once

#include <cmath>
#include <limits>

#include "impl/pair.hpp"

namespace xent::impl {

/// value * unit, unit a power of two that is at most 1.
struct ScaledPair {
  Pair value;
  double unit = 1;
};

/// w x, to 2^-100, for a finite w; as IEEE 754 multiplies where x is no finite number, but 0 for
/// w = 0 unless x is NaN.
XENT_ALWAYS_INLINE ScaledPair times(const ScaledPair& x, Pair w) noexcept {
  if (w.hi == 1 && w.lo == 0) return x;
  if (w.hi == 0 && !std::isnan(x.value.hi)) return {};
  if (!std::isfinite(x.value.hi)) return {exactly(x.value.hi * w.hi), 1};
  if (std::abs(w.hi) < 1) return {mul(x.value, w), x.unit};
  return {mul(x.value, scale(w, x.unit)), 1};
}

/// The same without the unit: exact where that is 1 or nothing underflows, else rounded once.
XENT_ALWAYS_INLINE Pair unscaled(const ScaledPair& x) noexcept {
  if (x.unit == 1) return x.value;
  const double hi = x.value.hi * x.unit;
  const double rest = (x.value.hi - hi / x.unit) + x.value.lo;
  return {hi, rest * x.unit};
}

}  // namespace xent::impl
