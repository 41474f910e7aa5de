// SPDX-License-Identifier: MIT
// Error-free transformations in lanes: two-sum, fast two-sum, and the product with its error, by a
// fused operation where the target has one, else by Dekker's splitting. Proof:
// docs/error_bounds.md, lemma 1 (pairs).
//
// Source: Dekker, "A floating-point technique for extending the available precision", Numer. Math.
// 18 (1971); Knuth, "The Art of Computer Programming", vol. 2.

#if defined(XENT_IMPL_SIMD_LANES_ERROR_FREE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_ERROR_FREE_INL
#undef XENT_IMPL_SIMD_LANES_ERROR_FREE_INL
#else
#define XENT_IMPL_SIMD_LANES_ERROR_FREE_INL
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// A pair hi + lo in each lane.
template <class D>
struct PairLanes {
  hn::Vec<D> hi, lo;

  HWY_INLINE PairLanes() = default;  // named, or g++ compiles it for the baseline
  HWY_INLINE PairLanes(hn::Vec<D> high, hn::Vec<D> low) : hi(high), lo(low) {}
};

/// Returns a + b, exactly unless it overflows.
template <class D, class V = hn::Vec<D>>
HWY_INLINE PairLanes<D> two_sum(D, V a, V b) {
  const V sum = hn::Add(a, b);
  const V b_part = hn::Sub(sum, a);
  return {sum, hn::Add(hn::Sub(a, hn::Sub(sum, b_part)), hn::Sub(b, b_part))};
}

/// Returns a - b likewise.
template <class D, class V = hn::Vec<D>>
HWY_INLINE PairLanes<D> two_difference(D, V a, V b) {
  const V difference = hn::Sub(a, b);
  const V b_part = hn::Sub(a, difference);
  return {difference, hn::Add(hn::Sub(a, hn::Add(difference, b_part)), hn::Sub(b_part, b))};
}

/// Returns a + b, exactly for |a| >= |b| or a = 0 unless it overflows.
template <class D, class V = hn::Vec<D>>
HWY_INLINE PairLanes<D> fast_two_sum(D, V a, V b) {
  const V sum = hn::Add(a, b);
  return {sum, hn::Sub(b, hn::Sub(sum, a))};
}

/// Returns a b, exactly unless it overflows or underflows, for doubles with |a|, |b| < 2^900.
template <class D, class V = hn::Vec<D>>
HWY_INLINE PairLanes<D> two_prod(D tag, V a, V b) {
  const V product = hn::Mul(a, b);
#if HWY_TARGET == HWY_SSE4 || HWY_TARGET == HWY_SCALAR
  const V splitter = hn::Set(tag, 0x1p27 + 1);
  const auto upper = [&](V x) {
    const V large = hn::Mul(x, splitter);
    return hn::Sub(large, hn::Sub(large, x));
  };
  const V a_high = upper(a);
  const V a_low = hn::Sub(a, a_high);
  const V b_high = upper(b);
  const V b_low = hn::Sub(b, b_high);
  const V rest = hn::Sub(hn::Mul(a_high, b_high), product);
  const V lo = hn::Add(hn::Add(hn::Add(rest, hn::Mul(a_high, b_low)), hn::Mul(a_low, b_high)),
                       hn::Mul(a_low, b_low));
  return {product, lo};
#else
  (void)tag;
  return {product, hn::MulSub(a, b, product)};
#endif
}

/// Returns a b likewise, for |a| < 2^700 and any b.
template <class D, class V = hn::Vec<D>>
HWY_INLINE PairLanes<D> two_prod_of_large(D tag, V a, V b) {
#if HWY_TARGET == HWY_SSE4 || HWY_TARGET == HWY_SCALAR
  const V up = hn::Set(tag, 0x1p128);
  const V down = hn::Set(tag, 0x1p-128);
  return {hn::Mul(a, b), two_prod(tag, hn::Mul(a, up), hn::Mul(b, down)).lo};
#else
  return two_prod(tag, a, b);
#endif
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
