// SPDX-License-Identifier: MIT
// The series of the exponential in double lanes, and the exponential of a number whose power of two
// is known:
//
//   exp(r) - 1 = r + r^2 q(r)                          |r| <= 1/2 log 2
//   exp(x) 2^-M = 1 + (r + r^2 q(r)),   r = x - M log 2
//
// log 2 is the sum of two numbers, high and low; M high is exact. The constants are those of a kind
// of exponential (math/exp_constants.hpp).
//
// Error: docs/error_bounds.md, lemmas 50 to 52 and 64 (the exponential in double lanes; rows in
// lanes).

#if defined(XENT_IMPL_SIMD_MATH_EXP_SERIES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_EXP_SERIES_INL
#undef XENT_IMPL_SIMD_MATH_EXP_SERIES_INL
#else
#define XENT_IMPL_SIMD_MATH_EXP_SERIES_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Computes r2[n] = r[n]^2 and q[n] = q(r[n]), by Horner's rule.
template <class Exp, std::size_t N, class V>
HWY_INLINE void exp_series(const V (&r)[N], V (&r2)[N], V (&q)[N]) {
  const hn::DFromV<V> tag;
  constexpr int terms = sizeof(Exp::q) / sizeof(double);
  XENT_FOR_EACH_VECTOR(n) q[n] = hn::Set(tag, Exp::q[terms - 1]);
  XENT_FOR_EACH_VECTOR(n) r2[n] = hn::Mul(r[n], r[n]);
  _Pragma("GCC unroll 16") for (int i = terms - 2; i >= 0; --i) {
    XENT_FOR_EACH_VECTOR(n) q[n] = hn::MulAdd(q[n], r[n], hn::Set(tag, Exp::q[i]));
  }
}

/// Writes exp(r + low), for |low| < 2^-40, in two parts: one[n], and what its rounding drops to
/// low[n]; r is overwritten.
template <class Exp, std::size_t N, class V>
HWY_INLINE void exp_in_parts(V (&r)[N], V (&low)[N], V (&one)[N]) {
  const hn::DFromV<V> tag;
  V r2[N], s[N];
  exp_series<Exp>(r, r2, s);
  XENT_FOR_EACH_VECTOR(n) one[n] = hn::MulAdd(r2[n], s[n], r[n]);  // exp(r) - 1, nearly
  XENT_FOR_EACH_VECTOR(n) low[n] = hn::MulAdd(low[n], one[n], low[n]);
  XENT_FOR_EACH_VECTOR(n) s[n] = hn::MulAdd(r2[n], s[n], low[n]);
  XENT_FOR_EACH_VECTOR(n) one[n] = hn::Add(hn::Set(tag, 1), r[n]);
  XENT_FOR_EACH_VECTOR(n) r[n] = hn::Sub(r[n], hn::Sub(one[n], hn::Set(tag, 1)));
  XENT_FOR_EACH_VECTOR(n) s[n] = hn::Add(s[n], r[n]);  // with what 1 + r drops
  XENT_FOR_EACH_VECTOR(n) r[n] = hn::Add(one[n], s[n]);
  XENT_FOR_EACH_VECTOR(n) low[n] = hn::Sub(s[n], hn::Sub(r[n], one[n]));
  XENT_FOR_EACH_VECTOR(n) one[n] = r[n];
}

/// Replaces x[n] by exp(x[n]) 2^(256 - M[n]), M[n] being the integer nearest to x[n] / log 2, for
/// |x| < 2^11 or so, where M high is exact.
template <class Exp, std::size_t N, class V>
HWY_INLINE void exp_near_power(const V (&M)[N], V (&x)[N]) {
  const hn::DFromV<V> tag;
  const V power = hn::Set(tag, tail_scale);
  V r2[N], s[N];
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::NegMulAdd(M[n], hn::Set(tag, Exp::log_2_high), x[n]);
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::NegMulAdd(M[n], hn::Set(tag, Exp::log_2_low), x[n]);
  exp_series<Exp>(x, r2, s);
  XENT_FOR_EACH_VECTOR(n) s[n] = hn::MulAdd(r2[n], s[n], x[n]);
  XENT_FOR_EACH_VECTOR(n) x[n] = hn::MulAdd(s[n], power, power);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
