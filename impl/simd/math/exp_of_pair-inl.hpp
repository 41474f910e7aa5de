// SPDX-License-Identifier: MIT
// Computes exp(x) of pairs x <= 0 in double lanes, as power (1 + v) with v a pair:
//
//   k = round(x / log 2),  r = x - k log 2,  v = exp(r) - 1,   power = 2^k
//
// v is r (1 + r (1/2 + r (1/6 + r q(r)))) by Horner's rule, these steps in pairs, with r as a pair
// and q, a part of the Taylor series, in doubles.
//
// Error in units of 2^-64: v 5.7 of itself, 1 + v 2.4 of itself. Proof: docs/error_bounds.md, lemma
// 90 (the exponential of a pair).

#if defined(XENT_IMPL_SIMD_MATH_EXP_OF_PAIR_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_EXP_OF_PAIR_INL
#undef XENT_IMPL_SIMD_MATH_EXP_OF_PAIR_INL
#else
#define XENT_IMPL_SIMD_MATH_EXP_OF_PAIR_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/arithmetic/pair.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Replaces x[n] by r, and writes power[n].
template <std::size_t N>
HWY_INLINE void reduce_pairs(WidePair (&x)[N], WideVec (&power)[N]) {
  const Wide tag;
  const hn::RebindToUnsigned<Wide> bits;
  const WideVec lowest = hn::Set(tag, -600.0);
  const WideVec round = hn::Set(tag, 0x1.8p52 + 1023);
  WideVec k[N];
  XENT_FOR_EACH_VECTOR(n) {
    x[n].lo = hn::IfThenZeroElse(hn::Lt(x[n].hi, lowest), x[n].lo);
    x[n].hi = larger(x[n].hi, lowest);
    k[n] = hn::MulAdd(x[n].hi, hn::Set(tag, DoubleExp::log2_e), round);
    power[n] = hn::BitCast(tag, hn::ShiftLeft<52>(hn::BitCast(bits, k[n])));
    k[n] = hn::Sub(k[n], round);
  }
  XENT_FOR_EACH_VECTOR(n) {
    const WideVec high =
        hn::NegMulAdd(k[n], hn::Set(tag, DoubleExp::log_2_high), x[n].hi);  // exact
    const WideVec low = hn::NegMulAdd(k[n], hn::Set(tag, DoubleExp::log_2_low), x[n].lo);
    x[n] = two_sum(tag, high, low);
  }
}

/// Computes exp(x[n]) = power[n] (1 + v[n]) for x[n] <= 0, or NaN; an x below -600 counts as -600.
/// x is overwritten.
template <std::size_t N>
HWY_INLINE void exp_of_pairs(WidePair (&x)[N], WideVec (&power)[N], WidePair (&v)[N]) {
  // the coefficients 1/4! to 1/15! of q, the highest last
  constexpr double q[] = {0x1.5555555555555p-5,  0x1.1111111111111p-7,  0x1.6c16c16c16c17p-10,
                          0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-16, 0x1.71de3a556c734p-19,
                          0x1.27e4fb7789f5cp-22, 0x1.ae64567f544e4p-26, 0x1.1eed8eff8d898p-29,
                          0x1.6124613a86d09p-33, 0x1.93974a8c07c9dp-37, 0x1.ae7f3e733b81fp-41};
  constexpr Pair upper[] = {{0x1.5555555555555p-3, 0x1.5555555555555p-57}, {0.5, 0}, {1, 0}};
  reduce_pairs(x, power);
  constexpr int terms = sizeof(q) / sizeof(double);
  WideVec sum[N];
  XENT_FOR_EACH_VECTOR(n) sum[n] = hn::Set(Wide(), q[terms - 1]);
  _Pragma("GCC unroll 16") for (int i = terms - 2; i >= 0; --i) {
    XENT_FOR_EACH_VECTOR(n) sum[n] = hn::MulAdd(sum[n], x[n].hi, hn::Set(Wide(), q[i]));
  }
  XENT_FOR_EACH_VECTOR(n) v[n] = mul_loosely(sum[n], x[n]);
  _Pragma("GCC unroll 4") for (const Pair& c : upper) {
    XENT_FOR_EACH_VECTOR(n) {
      const WidePair high = fast_two_sum(Wide(), hn::Set(Wide(), c.hi), v[n].hi);
      const WideVec low = c.lo == 0 ? v[n].lo : hn::Add(v[n].lo, hn::Set(Wide(), c.lo));
      v[n] = mul_loosely({high.hi, hn::Add(high.lo, low)}, x[n]);
    }
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
