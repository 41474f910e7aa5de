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
// Error: a term, power + s power with the sum rounded, errs by 1.42 u relative, 1 + s itself by
// 0.71 u, on every instruction set. Proof: docs/error_bounds.md, "The exponential".
//
// Source: Cody & Waite, "Software Manual for the Elementary Functions", 1980 (two-part log 2).

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

/// How many vectors are computed together: as many as the registers hold.
#if HWY_TARGET == HWY_AVX3
inline constexpr std::ptrdiff_t interleaved = 4;
#else
inline constexpr std::ptrdiff_t interleaved = 2;
#endif

/// The same step for N independent vectors, one after the other: a core's scheduler is too short to
/// find the independent work by itself when the vectors' long chains follow each other.
#define XENT_FOR_EACH_VECTOR(n) _Pragma("GCC unroll 4") for (std::size_t n = 0; (n) < N; ++(n))

template <class D, std::size_t N>
struct ScaledExp {
  hn::Vec<D> power[N];  // 2^(k + S); meaningless where zero
  hn::Vec<D> s[N];      // exp(r) - 1
  hn::Mask<D> zero[N];  // x is so far below m that the term is 0
};

/// x[n] = x[n] - m, rounded, and its error e[n] = x - m - fl(x - m).
template <std::size_t N, class V>
HWY_INLINE void subtract_exactly(V (&x)[N], V m, V (&e)[N]) {
  V d[N];
  V m_part[N];
  XENT_FOR_EACH_VECTOR(n) d[n] = hn::Sub(x[n], m);
  XENT_FOR_EACH_VECTOR(n) m_part[n] = hn::Sub(d[n], x[n]);
  XENT_FOR_EACH_VECTOR(n) e[n] = hn::Sub(x[n], hn::Sub(d[n], m_part[n]));
  XENT_FOR_EACH_VECTOR(n) e[n] = hn::Sub(e[n], hn::Add(m, m_part[n]));
  XENT_FOR_EACH_VECTOR(n) x[n] = d[n];
}

/// s = exp(r) - 1 for r = r_high + r_low.
template <class D, std::size_t N, class V = hn::Vec<D>>
HWY_INLINE void exp_minus_one(D tag, const V (&r_high)[N], const V (&r_low)[N], V (&s)[N]) {
  using T = hn::TFromD<D>;
  using C = ExpConstants<T>;
  constexpr int terms = sizeof(C::q) / sizeof(T);
  V r[N];
  V q[N];
  XENT_FOR_EACH_VECTOR(n) r[n] = hn::Add(r_high[n], r_low[n]);
  XENT_FOR_EACH_VECTOR(n) q[n] = hn::Set(tag, C::q[terms - 1]);
  _Pragma("GCC unroll 16") for (int i = terms - 2; i >= 0; --i) {
    XENT_FOR_EACH_VECTOR(n) q[n] = hn::MulAdd(q[n], r[n], hn::Set(tag, C::q[i]));
  }
  XENT_FOR_EACH_VECTOR(n) r[n] = hn::Mul(r[n], r[n]);
  XENT_FOR_EACH_VECTOR(n) q[n] = hn::MulAdd(r[n], q[n], r_low[n]);
  XENT_FOR_EACH_VECTOR(n) s[n] = hn::Add(r_high[n], q[n]);
}

/// The factors of 2^S exp(x - m); x is overwritten.
template <class D, std::size_t N, class V = hn::Vec<D>>
HWY_INLINE ScaledExp<D, N> scaled_exp(D tag, V (&x)[N], V m) {
  using C = ExpConstants<hn::TFromD<D>>;
  const hn::RebindToUnsigned<D> bits_tag;
  const V round = hn::Set(tag, C::round);
  const V log_2_high = hn::Set(tag, C::log_2_high);
  const V log_2_low = hn::Set(tag, C::log_2_low);
  ScaledExp<D, N> exp;
  V e[N];
  V k[N];
  subtract_exactly(x, m, e);  // x is d
  XENT_FOR_EACH_VECTOR(n) k[n] = hn::MulAdd(x[n], hn::Set(tag, C::log2_e), round);
  XENT_FOR_EACH_VECTOR(n) {
    const auto bits = hn::ShiftLeft<C::mantissa_bits>(hn::BitCast(bits_tag, k[n]));
    exp.power[n] = hn::BitCast(tag, bits);
    exp.zero[n] = hn::Lt(x[n], hn::Set(tag, C::lowest));
  }
  XENT_FOR_EACH_VECTOR(n) k[n] = hn::Sub(k[n], round);                   // exact
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::NegMulAdd(k[n], log_2_high, x[n]);  // r_high, exact
  XENT_FOR_EACH_VECTOR(n) e[n] = hn::NegMulAdd(k[n], log_2_low, e[n]);   // r_low
  exp_minus_one(tag, x, e, exp.s);
  return exp;
}

/// x = 2^S exp(x - m), rounded once.
template <class D, std::size_t N, class V = hn::Vec<D>>
HWY_INLINE void to_scaled_terms(D tag, V (&x)[N], V m) {
  const ScaledExp<D, N> exp = scaled_exp(tag, x, m);
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::MulAdd(exp.s[n], exp.power[n], exp.power[n]);
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::IfThenZeroElse(exp.zero[n], x[n]);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
