// SPDX-License-Identifier: MIT
// Maps logits by a softcap s and a temperature T in double lanes, with the slope of the softcap:
//
//   z = s tanh(x / s) / T,   slope = 1 / cosh(x / s)^2     (include/xent/mapped_logit.hpp)
//
// With e = exp(-2 |x| / s), which the exponential gives as power (1 + v),
//
//   h = 1 - e = (1 - power) - power v,   tanh = h / (2 - h),   slope = 4 e / (1 + e)^2
//
// Why it is safe: 1 - power is exact for powers down to 2^-53, and 0 where |x| / s is small, so
// that h = -v loses nothing. Infinities and NaN stay what they are, with a slope of 1. An e below
// the least power is clamped to it.
//
// Error, in units of 2^-53, for the logits of f32 and 16 bits: tanh 5 of itself, z 10 of itself,
// the slope (7 + 4 |x| / s) of itself. Proof: docs/error_bounds.md, lemma 83 (mapped logits).
//
// Source: the identities are those of fdlibm's tanh.

#if defined(XENT_IMPL_SIMD_MATH_LOGIT_MAP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_LOGIT_MAP_INL
#undef XENT_IMPL_SIMD_MATH_LOGIT_MAP_INL
#else
#define XENT_IMPL_SIMD_MATH_LOGIT_MAP_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include <xent/mapped_logit.hpp>

#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The map that the options of a problem ask for.
class LogitMap {
 public:
  HWY_INLINE explicit LogitMap(const Options& options)
      : cap_(hn::Set(Wide(), options.softcap)),
        minus_2_per_cap_(hn::Set(Wide(), options.softcap == 0 ? 0 : -2 / options.softcap)),
        per_temperature_(hn::Set(Wide(), xent::per_temperature(options))),
        unit_(0, hn::Zero(Wide()), 0),
        has_cap_(options.softcap != 0) {}

  /// Replaces x[n] by z, and with `has_slopes` writes the slopes of the softcap, 1 without one.
  template <bool has_slopes, std::size_t N>
  HWY_INLINE void map(WideVec (&x)[N], WideVec (&slope)[N]) const {
    const Wide tag;
    if (has_cap_) {
      cap<has_slopes>(x, slope);
    } else if constexpr (has_slopes) {
      XENT_FOR_EACH_VECTOR(n) slope[n] = hn::Set(tag, 1.0);
    }
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::Mul(x[n], per_temperature_);
  }

 private:
  template <bool has_slopes, std::size_t N>
  HWY_INLINE void cap(WideVec (&x)[N], WideVec (&slope)[N]) const {
    const Wide tag;
    const WideVec one = hn::Set(tag, 1.0);
    WideVec power[N], v[N], y[N], h[N];
    XENT_FOR_EACH_VECTOR(n) y[n] = hn::Mul(hn::Abs(x[n]), minus_2_per_cap_);
    unit_.template factors<Reach::any>(y, power, v);
    XENT_FOR_EACH_VECTOR(n) h[n] = hn::NegMulAdd(power[n], v[n], hn::Sub(one, power[n]));
    XENT_FOR_EACH_VECTOR(n) {
      const auto is_finite = hn::IsFinite(x[n]);
      const WideVec tanh = hn::Div(h[n], hn::Sub(hn::Set(tag, 2.0), h[n]));
      const WideVec capped = hn::CopySign(hn::Mul(cap_, tanh), x[n]);
      x[n] = hn::IfThenElse(is_finite, capped, x[n]);
      if constexpr (has_slopes) {
        const WideVec e = hn::MulAdd(power[n], v[n], power[n]);
        const WideVec sum = hn::Add(one, e);
        const WideVec of_cap = hn::Div(hn::Mul(hn::Set(tag, 4.0), e), hn::Mul(sum, sum));
        slope[n] = hn::IfThenElse(is_finite, of_cap, one);
      }
    }
  }

  WideVec cap_, minus_2_per_cap_, per_temperature_;
  ExpInUnit<F64Exp> unit_;
  bool has_cap_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
