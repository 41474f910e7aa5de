// SPDX-License-Identifier: MIT
// Computes l = log1p(R) for 0 <= R < 2^32 in double lanes: for f32 from top and tail, R = tail /
// top; for f64 from R as a pair.
//
//   1 + R = 2^k (1 + f),  1 + f in [sqrt(1/2), sqrt(2)),   s = f / (2 + f),  z = s^2
//   l = k log 2 + 2 s + s z P(z)
//
// Why it is safe: 1 + R is kept as a pair (two-sum), so a small R loses nothing: k = 0, and f is R.
// k log 2 and 2 s are both >= 0, except for k >= 1 and f < 0, where the sum is at least half of
// k log 2.
//
// Error, relative: 2^-34 from top and tail; 2^-57 from a pair, where s is a pair and s z P(z),
// which is below 0.01 l, a double. Proof: docs/error_bounds.md, lemmas 56 and 57 (the logarithm of
// a quotient of two sums; the logarithm of a pair); over all of f32 in
// tests/impl/simd/math/log1p_exhaustive_test.cpp.
//
// Source: Tang, "Table-driven implementation of the logarithm function", ACM TOMS 16 (1990): s and
// its even series.

#if defined(XENT_IMPL_SIMD_MATH_LOG1P_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_LOG1P_INL
#undef XENT_IMPL_SIMD_MATH_LOG1P_INL
#else
#define XENT_IMPL_SIMD_MATH_LOG1P_INL
#endif

#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/error_free-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Splits 1 + R = 2^k (1 + f + low), exactly, |low| <= 2^-53, for R = r + r_low.
template <class D>
struct SplitOfOne {
  hn::Vec<D> k, f;
  PairLanes<D> low;

  HWY_INLINE SplitOfOne(D tag, hn::Vec<D> r, hn::Vec<D> r_low) : low{r, r_low} {
    const hn::RebindToUnsigned<D> bits_tag;
    const PairLanes<D> u = two_sum(tag, hn::Set(tag, 1.0), r);
    const auto bits = hn::BitCast(bits_tag, u.hi);
    const auto root_half = hn::Set(bits_tag, std::uint64_t{0x3FE6A09E667F3BCD});
    const auto k_bits = hn::ShiftRight<52>(hn::Sub(bits, root_half));
    // k as a double: the bits k_bits in the last places of 2^52 are 2^52 + k
    const auto two_52 = hn::Set(tag, 0x1p52);
    k = hn::Sub(hn::BitCast(tag, hn::Or(k_bits, hn::BitCast(bits_tag, two_52))), two_52);
    const auto shift = hn::ShiftLeft<52>(k_bits);
    f = hn::Sub(hn::BitCast(tag, hn::Sub(bits, shift)), hn::Set(tag, 1.0));
    const auto power =
        hn::BitCast(tag, hn::Sub(hn::Set(bits_tag, std::uint64_t{1023} << 52), shift));  // 2^-k
    low = two_sum(tag, hn::Mul(u.lo, power), hn::Mul(r_low, power));
  }
};

/// Returns z P(z).
template <class D, class V = hn::Vec<D>>
HWY_INLINE V even_series(D tag, V z) {
  constexpr double p[] = {0x1.5555555555555p-1, 0x1.9999999999d59p-2, 0x1.249249242ee17p-2,
                          0x1.c71c725c5fa6p-3,  0x1.745cdb74ba28fp-3, 0x1.3b21594d7fe1bp-3,
                          0x1.0f4a1247b7e57p-3, 0x1.1023da2229aa9p-3};
  V sum = hn::Set(tag, p[7]);
  _Pragma("GCC unroll 8") for (int i = 6; i >= 0; --i) sum = hn::MulAdd(sum, z, hn::Set(tag, p[i]));
  return hn::Mul(z, sum);
}

/// Computes l[n] = log((top + tail) / top) for tail >= 0, to 2^-34, with one division. The bits of
/// top + tail and of top, as integers, estimate k in 1 + R = 2^k (1 + f), and
///
///   s = f / (2 + f) = (u - top) / (u + top),  u = (top + tail) 2^-k,  |s| <= 0.2004
///
/// Where k = 0 the difference u - top is the tail itself, exactly.
template <class D, std::size_t N, class V = hn::Vec<D>>
HWY_INLINE void log_of_quotients(D tag, const V (&top)[N], const V (&tail)[N], V (&l)[N]) {
  constexpr double p[] = {0x1.5555541ebf3c4p-1, 0x1.999be10e5005ep-2, 0x1.23e88bcd7b095p-2,
                          0x1.edadb0da30228p-3};
  const hn::RebindToUnsigned<D> bits;
  const auto half = hn::Set(bits, std::uint64_t{1} << 51);
  const auto two_52 = hn::Set(tag, 0x1p52);  // with k in its last places: 2^52 + k
  V u[N], k[N], s[N], z[N];
  XENT_FOR_EACH_VECTOR(n) u[n] = hn::Add(top[n], tail[n]);
  XENT_FOR_EACH_VECTOR(n) {
    const auto ratio = hn::Sub(hn::BitCast(bits, u[n]), hn::BitCast(bits, top[n]));
    const auto k_bits = hn::ShiftRight<52>(hn::Add(ratio, half));
    u[n] = hn::BitCast(tag, hn::Sub(hn::BitCast(bits, u[n]), hn::ShiftLeft<52>(k_bits)));
    k[n] = hn::Sub(hn::BitCast(tag, hn::Or(k_bits, hn::BitCast(bits, two_52))), two_52);
  }
  XENT_FOR_EACH_VECTOR(n) {
    const auto is_small = hn::Eq(k[n], hn::Zero(tag));
    const V above = hn::IfThenElse(is_small, tail[n], hn::Sub(u[n], top[n]));
    s[n] = hn::Div(above, hn::Add(u[n], top[n]));
  }
  XENT_FOR_EACH_VECTOR(n) z[n] = hn::Mul(s[n], s[n]);
  XENT_FOR_EACH_VECTOR(n) u[n] = hn::Set(tag, p[3]);
  _Pragma("GCC unroll 4") for (int i = 2; i >= 0; --i) {
    XENT_FOR_EACH_VECTOR(n) u[n] = hn::MulAdd(u[n], z[n], hn::Set(tag, p[i]));
  }
  XENT_FOR_EACH_VECTOR(n) u[n] = hn::MulAdd(u[n], z[n], hn::Set(tag, 2));
  XENT_FOR_EACH_VECTOR(n) u[n] = hn::Mul(u[n], s[n]);
  XENT_FOR_EACH_VECTOR(n) l[n] = hn::MulAdd(k[n], hn::Set(tag, 0x1.62e42fefa39efp-1), u[n]);
}

/// Returns the same for one vector.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V log_of_quotient(D tag, V top, V tail) {
  const V tops[1] = {top};
  const V tails[1] = {tail};
  V l[1];
  log_of_quotients(tag, tops, tails, l);
  return l[0];
}

/// Returns log1p(r.hi + r.lo) as a pair.
template <class D, class V = hn::Vec<D>>
HWY_INLINE PairLanes<D> log1p_of_pair(D tag, PairLanes<D> r) {
  const V log_2_high = hn::Set(tag, 0x1.62e42fefa3ap-1);  // 46 bits: k log_2_high is exact
  const V log_2_low = hn::Set(tag, -0x1.0ca86c3898dp-49);
  const SplitOfOne<D> one(tag, r.hi, r.lo);
  PairLanes<D> above = fast_two_sum(tag, one.f, one.low.hi);
  above.lo = hn::Add(above.lo, one.low.lo);
  PairLanes<D> below = fast_two_sum(tag, hn::Set(tag, 2.0), one.f);
  below.lo = hn::Add(below.lo, one.low.hi);
  const V s = hn::Div(above.hi, below.hi);
  const PairLanes<D> product = two_prod(tag, s, below.hi);
  const V remainder = hn::Sub(hn::Add(hn::Sub(hn::Sub(above.hi, product.hi), product.lo), above.lo),
                              hn::Mul(s, below.lo));
  const V two_s_low = hn::Div(hn::Add(remainder, remainder), below.hi);
  const V z = hn::Mul(s, s);
  const V rest = hn::Mul(s, even_series(tag, z));
  const PairLanes<D> sum = two_sum(tag, hn::Mul(one.k, log_2_high), hn::Add(s, s));
  // s z P(z) is 2 s^3 / 3 + …, to which the low part of s adds z times two_s_low
  const V of_s_low = hn::MulAdd(two_s_low, z, two_s_low);
  const V low = hn::Add(hn::Add(sum.lo, of_s_low), hn::MulAdd(one.k, log_2_low, rest));
  return fast_two_sum(tag, sum.hi, low);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
