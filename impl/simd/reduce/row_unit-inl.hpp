// SPDX-License-Identifier: MIT
// The unit of a row: a power of two near exp(m), and an origin where m is large.

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

/// How far a maximum may lie above the one that chose the unit.
inline constexpr double most_rise = 24;

/// M of units near exp(x), in each lane.
template <class Exp>
HWY_INLINE LaneVec<Exp> exponent_near(LaneVec<Exp> x) {
  return hn::Round(hn::Mul(x, hn::Set(LaneTag<Exp>(), Exp::log2_e)));
}

/// Of |x| < 2^51.
HWY_INLINE double nearest_integer(double x) { return (x + 0x1.8p52) - 0x1.8p52; }

/// Whether a row with the maximum m needs no origin.
template <class Exp>
HWY_INLINE bool is_plain(double m) {
  return Exp::least_plain <= m && m <= Exp::largest_plain;
}

/// The origin of a row with the maximum m, not plain, finite, and not below that of a part whose
/// unit is `part`: that of the part while what counts is within a factor 2 of it.
template <class Exp>
HWY_INLINE double origin_for(double m, const TermUnit& part) {
  const double most = std::min(280.0, 0.5 * std::abs(part.origin) - most_rise);
  return part.origin != 0 && m - part.origin <= most ? part.origin : m;
}

/// The unit of a row with the maximum m, likewise.
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
