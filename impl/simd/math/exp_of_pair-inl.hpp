// SPDX-License-Identifier: MIT
// Computes exp(x) of a pair x <= 0 in double lanes, as power (1 + v) with v a pair:
//
//   k = round(x / log 2),  r = x - k log 2,  v = exp(r) - 1,   power = 2^k
//
// v is r (1 + r (1/2 + r (1/6 + r (1/24 + r q(r))))) by Horner's rule, the last four steps in
// pairs, with r as a pair and q, a part of the Taylor series, in doubles.
//
// Error of v, relative: 2^-64, and of 1 + v no more. Proof: docs/error_bounds.md, lemma 90 (the
// exponential of a pair).

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

/// A number power (1 + v).
struct PowerOfPair {
  WideVec power;
  WidePair v;
};

/// Returns exp(x) for x <= 0, or NaN; an x below -600 counts as -600.
HWY_INLINE PowerOfPair exp_of_pair(WidePair x) {
  // the coefficients 1/5! to 1/17! of q, the highest last
  constexpr double q[] = {0x1.1111111111111p-7,  0x1.6c16c16c16c17p-10, 0x1.a01a01a01a01ap-13,
                          0x1.a01a01a01a01ap-16, 0x1.71de3a556c734p-19, 0x1.27e4fb7789f5cp-22,
                          0x1.ae64567f544e4p-26, 0x1.1eed8eff8d898p-29, 0x1.6124613a86d09p-33,
                          0x1.93974a8c07c9dp-37, 0x1.ae7f3e733b81fp-41, 0x1.ae7f3e733b81fp-45,
                          0x1.952c77030ad4ap-49};
  constexpr Pair upper[] = {{0x1.5555555555555p-5, 0x1.5555555555555p-59},
                            {0x1.5555555555555p-3, 0x1.5555555555555p-57},
                            {0.5, 0},
                            {1, 0}};
  const Wide tag;
  const WideVec lowest = hn::Set(tag, -600.0);
  x.lo = hn::IfThenZeroElse(hn::Lt(x.hi, lowest), x.lo);
  x.hi = larger(x.hi, lowest);
  const WideVec round = hn::Set(tag, 0x1.8p52 + 1023);
  const WideVec shifted = hn::MulAdd(x.hi, hn::Set(tag, DoubleExp::log2_e), round);
  const hn::RebindToUnsigned<Wide> bits;
  const WideVec power = hn::BitCast(tag, hn::ShiftLeft<52>(hn::BitCast(bits, shifted)));
  const WideVec k = hn::Sub(shifted, round);
  const WideVec high = hn::NegMulAdd(k, hn::Set(tag, DoubleExp::log_2_high), x.hi);  // exact
  const WideVec low = hn::NegMulAdd(k, hn::Set(tag, DoubleExp::log_2_low), x.lo);
  const WidePair r = two_sum(tag, high, low);
  constexpr int terms = sizeof(q) / sizeof(double);
  WideVec sum = hn::Set(tag, q[terms - 1]);
  _Pragma("GCC unroll 16") for (int i = terms - 2; i >= 0; --i) sum =
      hn::MulAdd(sum, r.hi, hn::Set(tag, q[i]));
  WidePair v = {sum, hn::Zero(tag)};
  _Pragma("GCC unroll 4") for (const Pair& c : upper) {
    const WidePair product = mul(v, r);
    const WidePair first = fast_two_sum(tag, hn::Set(tag, c.hi), product.hi);
    v = fast_two_sum(tag, first.hi, hn::Add(first.lo, hn::Add(product.lo, hn::Set(tag, c.lo))));
  }
  return {power, mul(v, r)};
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
