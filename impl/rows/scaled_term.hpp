// SPDX-License-Identifier: MIT
// One term of the sum of a row, 2^256 exp(x - m) with x <= m, by the C library's exponential:
//
//   exp(x - m) = exp(fl(x - m)) (1 + e),   e = (x - m) - fl(x - m)
//
// The rounding of x - m is kept and multiplied in. Where the exponential would be subnormal, f32
// takes that of double, and f64 adds 256 log 2 to the argument.
//
// Error, relative: that of the C library's exp in the type of x, and 2^-30 u for the second order
// of e. Proof: docs/error_bounds.md, lemma 27 (a term with the rounding of its argument kept).
#pragma once

#include <cmath>
#include <limits>

#include "impl/arithmetic/pair.hpp"
#include "impl/rows/row_state.hpp"

namespace xent::impl {

/// Returns the term as a pair; 0 for x - m < -1000, where it is 0 in every type.
inline Pair scaled_term(double x, double m) noexcept {
  const Pair d = two_sum(x, -m);
  if (!(d.hi < -700)) {
    const double e = std::exp(d.hi) * tail_scale;
    return {e, e * d.lo};
  }
  if (d.hi < -1000) return {};
  constexpr Pair log_scale = {0x1.62e42fefa39efp+7, 0x1.abc9e3b39803fp-48};  // 256 log 2
  const Pair shifted = add(d, log_scale);
  const double e = std::exp(shifted.hi);
  return {e, e * shifted.lo};
}

/// Returns the term of a logit of f32, by the exponential of f32; below -80 by that of double.
inline Pair scaled_term(float x, double m) noexcept {
  const double d = static_cast<double>(x) - m;
  const auto rounded = static_cast<float>(d);
  if (!(rounded < -80)) {
    const double e = static_cast<double>(std::exp(rounded)) * tail_scale;
    return {e, e * (d - static_cast<double>(rounded))};
  }
  return exactly(std::exp(d) * tail_scale);
}

}  // namespace xent::impl
