// SPDX-License-Identifier: MIT
// Exact values made by hand, for tests of the ruler.
#pragma once

#include "reference/exact.hpp"

namespace xent::tests {

using Real = reference::Interval<28>;
using Value = reference::Exact<Real>;

/// The exact value in [low, high], of that size; of its own size where none is given.
inline Value between(const Real& low, const Real& high, const Real& size = 0) {
  Value y;
  mpfi_interv_fr(reference::raw(y.value), reference::lower(low), reference::upper(high));
  y.size = mpfi_is_zero(reference::raw(size)) != 0 ? reference::magnitude(y.value) : size;
  return y;
}

inline Value point(const Real& y) { return between(y, y); }

inline Value special(double y) {
  Value value;
  value.special = y;
  return value;
}

}  // namespace xent::tests
