// SPDX-License-Identifier: MIT
// Maps logits of f64 by a softcap s and a temperature T in lanes, as pairs, with the slope of the
// softcap: simd/math/logit_map-inl.hpp has the formulas and why they are safe.
//
// A finite x beyond 300 s, whose slope may be a subnormal number, is_beyond() the range of the map.
//
// Error, in units of 2^-64: z 2.1 of itself, the slope 1.2 of itself. Proof: docs/error_bounds.md,
// lemmas 90 and 91 (the exponential of a pair; mapped logits of f64 in lanes).

#if defined(XENT_IMPL_SIMD_MATH_PAIR_LOGIT_MAP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_PAIR_LOGIT_MAP_INL
#undef XENT_IMPL_SIMD_MATH_PAIR_LOGIT_MAP_INL
#else
#define XENT_IMPL_SIMD_MATH_PAIR_LOGIT_MAP_INL
#endif

#include <limits>

#include <hwy/highway.h>

#include <xent/mapped_logit.hpp>

#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/math/exp_of_pair-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The map that the options of a problem ask for.
class PairLogitMap {
 public:
  explicit PairLogitMap(const Options& options)
      : cap_(options.softcap),
        per_cap_(div(exactly(1), exactly(cap_ == 0 ? 1 : cap_))),
        per_temperature_(
            div(exactly(1), exactly(options.temperature == 0 ? 1 : options.temperature))) {}

  /// Tells which x are finite and beyond the range in which map() holds.
  HWY_INLINE hn::Mask<Wide> is_beyond(WideVec x) const {
    const Wide tag;
    const WideVec most = hn::Set(tag, cap_ == 0 ? std::numeric_limits<double>::max() : 300 * cap_);
    return hn::And(hn::IsFinite(x), hn::Gt(hn::Abs(x), most));
  }

  /// Returns z of x, and with `has_slope` writes the slope of the softcap, 1 without one.
  template <bool has_slope>
  HWY_INLINE WidePair map(WideVec x, WidePair& slope) const {
    const Wide tag;
    WidePair z = {x, hn::Zero(tag)};
    if (cap_ != 0)
      z = capped<has_slope>(x, slope);
    else if constexpr (has_slope)
      slope = set_pair(exactly(1));
    if (per_temperature_.hi == 1) return z;
    return choose(hn::IsFinite(x), mul(z, set_pair(per_temperature_)), {x, hn::Zero(tag)});
  }

 private:
  template <bool has_slope>
  HWY_INLINE WidePair capped(WideVec x, WidePair& slope) const {
    const Wide tag;
    const WideVec cap = hn::Set(tag, cap_);
    const WideVec size = hn::IfThenElseZero(hn::IsFinite(x), hn::Abs(x));
    const WidePair y = mul(set_pair(per_cap_), size);
    const WidePair one = set_pair(exactly(1));
    const PowerOfPair e = exp_of_pair(scale(y, -2));
    const WidePair part = {hn::Mul(e.power, e.v.hi), hn::Mul(e.power, e.v.lo)};
    const WidePair h = add(two_sum(tag, hn::Set(tag, 1.0), hn::Neg(e.power)), negate(part));
    const WidePair tanh = div(h, add(set_pair(exactly(2)), negate(h)));
    WidePair z = mul(tanh, cap);
    z = choose(hn::Lt(x, hn::Zero(tag)), negate(z), z);
    if constexpr (has_slope) {
      const WidePair exp = add({e.power, hn::Zero(tag)}, part);
      const WidePair sum = add(one, exp);
      slope = div(scale(exp, 4), mul(sum, sum));
    }
    return choose(hn::IsFinite(x), z, {x, hn::Zero(tag)});
  }

  double cap_;
  Pair per_cap_, per_temperature_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
