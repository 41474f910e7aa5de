// SPDX-License-Identifier: MIT
// exp(x - m) for x <= m, as the two factors of 2^S exp(x - m) = power (1 + s), S = range_shift.
//
//   d = x - m rounded, e its error (two-sum): d + e = x - m exactly
//   k = round(d / log 2),  r = r_high + r_low,  r_high = d - k high,  r_low = e - k low
//   s = r_high + (r_low + r^2 q(r)),  power = 2^(k + S),                high + low = log 2
//
// r_high is exact: k high has no more bits than the type, and the difference is representable.
// Scaling by 2^S keeps the factor normal down to d = lowest; below, the term is 0, and a row of
// 2^31 such terms is less than half of the smallest subnormal number. -inf is such a term; NaN
// stays NaN.
//
// Error: a term, power (1 + s) with the sum rounded, errs by 1.42 u relative, 1 + s itself by 0.70
// u, on every instruction set. Proof: docs/error_bounds.md, "The exponential". Source: Cody &
// Waite, "Software Manual for the Elementary Functions", 1980, chapter 6.

#if defined(XENT_IMPL_SIMD_EXP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_EXP_INL
#undef XENT_IMPL_SIMD_EXP_INL
#else
#define XENT_IMPL_SIMD_EXP_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/exp_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D>
struct ScaledExp {
  hn::Vec<D> power;  // 2^(k + S); meaningless where zero
  hn::Vec<D> s;      // exp(r) - 1
  hn::Mask<D> zero;  // x is so far below m that the term is 0
};

template <class D, class V = hn::Vec<D>>
HWY_INLINE ScaledExp<D> scaled_exp(D tag, V x, V m) {
  using T = hn::TFromD<D>;
  using C = ExpConstants<T>;
  const hn::RebindToUnsigned<D> bits_tag;

  const V d = hn::Sub(x, m);
  const V m_part = hn::Sub(d, x);
  const V e = hn::Sub(hn::Sub(x, hn::Sub(d, m_part)), hn::Add(m, m_part));  // exact

  const V k_biased = hn::MulAdd(d, hn::Set(tag, C::log2_e), hn::Set(tag, C::round));
  const V k = hn::Sub(k_biased, hn::Set(tag, C::round));              // exact
  const V r_high = hn::NegMulAdd(k, hn::Set(tag, C::log_2_high), d);  // exact
  const V r_low = hn::NegMulAdd(k, hn::Set(tag, C::log_2_low), e);
  const V r = hn::Add(r_high, r_low);

  constexpr int terms = sizeof(C::q) / sizeof(T);
  V q = hn::Set(tag, C::q[terms - 1]);
  for (int i = terms - 2; i >= 0; --i) q = hn::MulAdd(q, r, hn::Set(tag, C::q[i]));

  return {
      .power = hn::BitCast(tag, hn::ShiftLeft<C::mantissa_bits>(hn::BitCast(bits_tag, k_biased))),
      .s = hn::Add(r_high, hn::MulAdd(hn::Mul(r, r), q, r_low)),
      .zero = hn::Lt(d, hn::Set(tag, C::lowest))};
}

/// 2^S exp(x - m).
template <class D, class V = hn::Vec<D>>
HWY_INLINE V scaled_term(D tag, V x, V m) {
  const ScaledExp<D> exp = scaled_exp(tag, x, m);
  const V one_plus_s = hn::Add(hn::Set(tag, hn::TFromD<D>{1}), exp.s);
  return hn::IfThenZeroElse(exp.zero, hn::Mul(one_plus_s, exp.power));
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
