// SPDX-License-Identifier: MIT
// Chooses the unit exp(o) 2^M of a row near exp(m); the origin o is not 0 only where |m| is large.
// Why the exponential of every x that counts is in range: docs/error_bounds.md, lemmas 46 and 47.

#if defined(XENT_IMPL_SIMD_REDUCE_ROW_UNIT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_ROW_UNIT_INL
#undef XENT_IMPL_SIMD_REDUCE_ROW_UNIT_INL
#else
#define XENT_IMPL_SIMD_REDUCE_ROW_UNIT_INL
#endif

#include <algorithm>
#include <cmath>

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// How far an element may lie above the maximum by which the unit was chosen.
inline constexpr double most_rise = 24;

/// Returns the M for which 2^M is nearest to exp(x), in each lane, x being less the origin.
template <class Exp>
HWY_INLINE LaneVec<Exp> exponent_near(LaneVec<Exp> x) {
  return hn::Round(hn::Mul(x, hn::Set(LaneTag<Exp>(), Exp::log2_e)));
}

/// Returns the integer nearest to x, for |x| < 2^51.
HWY_INLINE double nearest_integer(double x) { return (x + 0x1.8p52) - 0x1.8p52; }

/// Tells whether a row with the maximum m needs no origin; false for NaN.
template <class Exp>
HWY_INLINE bool is_plain(double m) {
  return Exp::least_plain <= m && m <= Exp::largest_plain;
}

/// Returns the origin of a row whose maximum m is finite and not plain. `part` is the unit of a
/// part of the row, whose maximum is not above m: its origin is kept where each x that counts is
/// within a factor 2 of it; else the origin is m.
template <class Exp>
HWY_INLINE double origin_for(double m, const TermUnit& part) {
  const double most = std::min(280.0, 0.5 * std::abs(part.origin) - most_rise);
  return part.origin != 0 && m - part.origin <= most ? part.origin : m;
}

/// Returns the unit of a row whose maximum m is finite, with the same choice of the origin.
template <class Exp>
HWY_INLINE TermUnit unit_for(double m, const TermUnit& part) {
  const double origin = is_plain<Exp>(m) ? 0 : origin_for<Exp>(m, part);
  const double distance = (m - origin) + DoubleExp::nudge;
  return {.origin = origin,
          .exponent = static_cast<int>(nearest_integer(distance * DoubleExp::log2_e))};
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
