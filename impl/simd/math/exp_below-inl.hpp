// SPDX-License-Identifier: MIT
// Computes exp(d + low) 2^256 in double lanes, for the distance d + low = x - m <= 0 of a logit
// from the maximum of its row as the pair that two-sum gives:
//
//   k = round(d / log 2),  r = d - k log 2 + low,  s = exp(r) - 1 = r + r^2 q(r)
//   power = 2^(k + 256),   term = power (1 + s)
//
// Why it is safe: d - k log 2 is as in simd/math/exp-inl.hpp, with the unit exp(m); `low`, which is
// below 2^-43 where the term counts, is added where the low part of k log 2 is, before r is rounded
// once. A d below the least power is clamped to it, and so is -inf, whose low part is NaN; a NaN in
// d stays.
//
// Error of a term, relative: 1.49 u (F64Exp), 0.23 u (PairExp), as there. Proof:
// docs/error_bounds.md, lemma 87 (rows of f64 in lanes).

#if defined(XENT_IMPL_SIMD_MATH_EXP_BELOW_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_EXP_BELOW_INL
#undef XENT_IMPL_SIMD_MATH_EXP_BELOW_INL
#else
#define XENT_IMPL_SIMD_MATH_EXP_BELOW_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp-inl.hpp"
#include "impl/simd/math/exp_series-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Computes such terms, of one number or, of a kind in pairs, of two.
template <Exponential Exp>
class ExpBelow {
 public:
  HWY_INLINE ExpBelow() : unit_(0, hn::Zero(Wide()), Exp::sum_scale) {}

  /// Replaces d[n] by its term, or by the first part of it, and low[n] by the second.
  template <std::size_t N>
  HWY_INLINE void to_terms(WideVec (&d)[N], WideVec (&low)[N]) const {
    const Wide tag;
    WideVec power[N], k[N], s[N];
    XENT_FOR_EACH_VECTOR(n) low[n] = hn::IfThenZeroElse(unit_.is_clamped(d[n]), low[n]);
    unit_.template reduce<Reach::any>(d, power, k);
    XENT_FOR_EACH_VECTOR(n) { low[n] = hn::NegMulAdd(k[n], hn::Set(tag, Exp::log_2_low), low[n]); }
    if constexpr (Exp::in_pairs) {
      exp_in_parts<Exp>(d, low, s);
      XENT_FOR_EACH_VECTOR(n) low[n] = hn::Mul(low[n], power[n]);
      XENT_FOR_EACH_VECTOR(n) d[n] = hn::Mul(s[n], power[n]);
    } else {
      XENT_FOR_EACH_VECTOR(n) d[n] = hn::Add(d[n], low[n]);
      exp_series<Exp>(d, k, s);
      XENT_FOR_EACH_VECTOR(n) s[n] = hn::MulAdd(k[n], s[n], d[n]);
      XENT_FOR_EACH_VECTOR(n) d[n] = hn::MulAdd(s[n], power[n], power[n]);
    }
  }

  /// Returns the terms of elements that lie the pair d from the maximum; the low parts are 0 but
  /// for a kind in pairs.
  HWY_INLINE WidePair term(const WidePair& d) const {
    WideVec high[1] = {d.hi};
    WideVec low[1] = {d.lo};
    to_terms(high, low);
    return {high[0], Exp::in_pairs ? low[0] : hn::Zero(Wide())};
  }

 private:
  ExpInUnit<Exp> unit_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
