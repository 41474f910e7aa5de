// SPDX-License-Identifier: MIT
// Maps logits of f64 by a softcap s and a temperature T in lanes, as pairs, with the slope of the
// softcap: simd/math/logit_map-inl.hpp has the formulas and why they are safe.
//
// A finite x beyond 300 s, whose slope may be a subnormal number, is_beyond() the range of the map.
//
// Error, in units of 2^-64: z 7 of itself, the slope (3 + |x| / s) of itself. Proof:
// docs/error_bounds.md, lemmas 90 and 91 (the exponential of a pair; mapped logits of f64 in
// lanes).

#if defined(XENT_IMPL_SIMD_MATH_PAIR_LOGIT_MAP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_PAIR_LOGIT_MAP_INL
#undef XENT_IMPL_SIMD_MATH_PAIR_LOGIT_MAP_INL
#else
#define XENT_IMPL_SIMD_MATH_PAIR_LOGIT_MAP_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include <xent/mapped_logit.hpp>

#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_of_pair-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The map that the options of a problem ask for.
class PairLogitMap {
 public:
  explicit PairLogitMap(const Options& options)
      : cap_(options.softcap),
        minus_2_per_cap_(div(exactly(-2), exactly(cap_ == 0 ? 1 : cap_))),
        factor_(div(exactly(cap_ == 0 ? 1 : cap_),
                    exactly(options.temperature == 0 ? 1 : options.temperature))) {}

  /// Tells whether there is a softcap; without one all slopes are 1.
  bool has_cap() const { return cap_ != 0; }

  /// Tells which x are finite and beyond the range in which map() holds.
  HWY_INLINE hn::Mask<Wide> is_beyond(WideVec x) const {
    if (cap_ == 0) return hn::FirstN(Wide(), 0);
    return hn::And(hn::IsFinite(x), hn::Gt(hn::Abs(x), hn::Set(Wide(), 300 * cap_)));
  }

  /// Returns z of one vector.
  HWY_INLINE WidePair map(WideVec x) const {
    const WideVec one[1] = {x};
    WidePair z[1], slope[1];
    map<false>(one, z, slope);
    return z[0];
  }

  /// Writes z[n] of x[n], whose low part is any number where z is infinite or NaN, and with
  /// `has_slopes` the slopes of the softcap, 1 without one.
  template <bool has_slopes, std::size_t N>
  HWY_INLINE void map(const WideVec (&x)[N], WidePair (&z)[N], WidePair (&slope)[N]) const {
    const WidePair factor = set_pair(factor_);
    if (cap_ != 0) return cap<has_slopes>(x, z, slope);
    XENT_FOR_EACH_VECTOR(n) {
      z[n] = mul_loosely(x[n], factor);
      if constexpr (has_slopes) slope[n] = set_pair(exactly(1));
    }
  }

 private:
  template <bool has_slopes, std::size_t N>
  HWY_INLINE void cap(const WideVec (&x)[N], WidePair (&z)[N], WidePair (&slope)[N]) const {
    const Wide tag;
    const WidePair factor = set_pair(factor_);
    const WidePair minus_2_per_cap = set_pair(minus_2_per_cap_);
    WidePair y[N], v[N], h[N], per_sum[N];
    WideVec power[N];
    XENT_FOR_EACH_VECTOR(n) {
      const WideVec size = hn::IfThenElseZero(hn::IsFinite(x[n]), hn::Abs(x[n]));
      y[n] = mul_loosely(size, minus_2_per_cap);
    }
    exp_of_pairs(y, power, v);
    XENT_FOR_EACH_VECTOR(n) {
      v[n] = {hn::Mul(v[n].hi, power[n]), hn::Mul(v[n].lo, power[n])};
      h[n] = subtract_loosely(fast_two_sum(tag, hn::Set(tag, 1.0), hn::Neg(power[n])), v[n]);
      const WidePair sum = fast_two_sum(tag, hn::Set(tag, 2.0), hn::Neg(h[n].hi));
      per_sum[n] = reciprocal({sum.hi, hn::Sub(sum.lo, h[n].lo)});
    }
    XENT_FOR_EACH_VECTOR(n) {
      const WidePair of_size = mul_loosely(mul_loosely(h[n], per_sum[n]), factor);
      const auto is_finite = hn::IsFinite(x[n]);
      const WideVec sign = hn::And(x[n], hn::SignBit(tag));
      z[n] = {hn::IfThenElse(is_finite, hn::Xor(of_size.hi, sign), x[n]),
              hn::Xor(of_size.lo, sign)};
    }
    if constexpr (has_slopes) {
      XENT_FOR_EACH_VECTOR(n) {
        const WidePair e = fast_two_sum(tag, power[n], v[n].hi);
        const WidePair part = mul_loosely({e.hi, hn::Add(e.lo, v[n].lo)}, per_sum[n]);
        slope[n] = scale(mul_loosely(part, per_sum[n]), 4);
      }
    }
  }

  double cap_;
  Pair minus_2_per_cap_, factor_;  // the factor is s / T
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
