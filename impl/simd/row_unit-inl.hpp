// SPDX-License-Identifier: MIT
// The unit of a row: a power of two near exp(m), and an origin where m is large.

#if defined(XENT_IMPL_SIMD_ROW_UNIT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_ROW_UNIT_INL
#undef XENT_IMPL_SIMD_ROW_UNIT_INL
#else
#define XENT_IMPL_SIMD_ROW_UNIT_INL
#endif

#include <hwy/highway.h>

#include "impl/row_state.hpp"
#include "impl/simd/exp_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Of |x| < 2^51.
HWY_INLINE double nearest_integer(double x) { return (x + 0x1.8p52) - 0x1.8p52; }

/// The unit of a row whose maximum is m, finite and not below that of a part whose unit is `part`.
template <class Exp>
HWY_INLINE TermUnit unit_for(double m, const TermUnit& part) {
  TermUnit unit;
  if (!(Exp::least_plain <= m && m <= Exp::largest_plain))
    unit.origin = part.origin != 0 && m - part.origin <= 64 ? part.origin : m;
  const double distance = (m - unit.origin) + DoubleExp::nudge;
  unit.exponent = static_cast<int>(nearest_integer(distance * DoubleExp::log2_e));
  return unit;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
