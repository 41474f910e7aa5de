// SPDX-License-Identifier: MIT
// -inf, and minima and maxima that say what they return where an operand is NaN: the same on every
// target.

#if defined(XENT_IMPL_SIMD_LANES_ORDER_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_ORDER_INL
#undef XENT_IMPL_SIMD_LANES_ORDER_INL
#else
#define XENT_IMPL_SIMD_LANES_ORDER_INL
#endif

#include <limits>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// -inf of any element type.
template <class T>
inline constexpr T minus_infinity = static_cast<T>(-std::numeric_limits<float>::infinity());

/// Returns the larger of m and x, or m where either is NaN.
template <class V>
HWY_INLINE V larger(V m, V x) {
#if HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR
  return hn::Max(x, m);  // of a NaN and a number, x86 takes the second operand
#else
  return hn::IfThenElse(hn::Gt(x, m), x, m);
#endif
}

/// Returns the smaller of m and x, or x where either is NaN.
template <class V>
HWY_INLINE V smaller(V m, V x) {
#if HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR
  return hn::Min(m, x);  // of a NaN and a number, x86 takes the second operand
#else
  return hn::IfThenElse(hn::Lt(m, x), m, x);
#endif
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
