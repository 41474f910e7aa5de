// SPDX-License-Identifier: MIT
// The scales of gradients in lanes: a factor t as a number in [1, 2) and a power of two, and
// components that were computed times 2^gradient_exponent as they are, rounded once more only where
// they are subnormal.
//
// Error: docs/error_bounds.md, lemmas 61 to 63 (simd: gradient; faithful).

#if defined(XENT_IMPL_SIMD_MATH_GRADIENT_SCALE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_GRADIENT_SCALE_INL
#undef XENT_IMPL_SIMD_MATH_GRADIENT_SCALE_INL
#else
#define XENT_IMPL_SIMD_MATH_GRADIENT_SCALE_INL
#endif

#include <cmath>
#include <limits>

#include <hwy/highway.h>

#include "impl/arithmetic/pair.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns v 2^-E, E = gradient_exponent, rounded to nearest. No operation has a subnormal number,
/// for which some machines take a hundred times as long. Forms the normal and the subnormal result
/// as integers; the larger is right.
template <class Exp, class V = LaneVec<Exp>>
HWY_INLINE V unscaled_gradient(V v) {
  const LaneTag<Exp> tag;
  const hn::RebindToSigned<LaneTag<Exp>> bits;
  using Bits = hn::TFromD<decltype(bits)>;
  constexpr int mantissa = std::numeric_limits<typename Exp::Lane>::digits - 1;
  const auto least_normal = hn::Set(tag, Exp::least_normal_gradient);
  const V size = hn::Abs(v);
  const auto count =
      hn::Sub(hn::BitCast(bits, hn::Add(size, least_normal)), hn::BitCast(bits, least_normal));
  const auto number =
      hn::Sub(hn::BitCast(bits, size), hn::Set(bits, Bits{Exp::gradient_exponent} << mantissa));
  return hn::CopySignToAbs(hn::BitCast(tag, hn::Max(count, number)), v);
}

/// Returns v / (2^gradient_exponent extra), `extra` being a power of two, rounded only where it is
/// subnormal. v / extra must be a normal number or 0.
template <class Exp, class V = LaneVec<Exp>>
HWY_INLINE V in_own_unit(V v, double extra) {
  const LaneTag<Exp> tag;
  const double least = 4 * Exp::least_normal_gradient * extra;
  if (HWY_LIKELY(hn::AllTrue(tag, hn::Ge(hn::Abs(v), hn::Set(tag, least)))))
    return hn::Mul(v, hn::Set(tag, 1 / (Exp::gradient_scale * extra)));
  return unscaled_gradient<Exp>(hn::Mul(v, hn::Set(tag, 1 / extra)));
}

/// A factor t as `factor` 2^exponent, |factor| in [1, 2). A low part below 2^-200 is dropped,
/// because it may be subnormal.
struct FactorOfTwo {
  int exponent = 0;
  Pair factor;

  explicit FactorOfTwo(Pair t) {
    factor.hi = 2 * std::frexp(t.hi, &exponent);
    exponent -= 1;
    const double lo = std::ldexp(t.lo, -exponent);
    if (std::abs(lo) > 0x1p-200) factor.lo = lo;
  }
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
