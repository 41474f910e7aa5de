// SPDX-License-Identifier: MIT
// Arithmetic of pairs in lanes, as impl/arithmetic/pair.hpp has it for one number: add, mul and div
// err by at most 2^-100, relatively, where no intermediate underflows or overflows.
//
// In half the operations subtract_loosely and mul_loosely return pairs whose low parts may be as
// large as 2^-50 of the numbers that they were made of, and take such: a difference errs by 2^-100
// of |a| + |b|, a product by 2^-100 of |a| |b|.
//
// Proof: docs/error_bounds.md, lemma 1 (pairs).

#if defined(XENT_IMPL_SIMD_LANES_PAIR_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_PAIR_LANES_INL
#undef XENT_IMPL_SIMD_LANES_PAIR_LANES_INL
#else
#define XENT_IMPL_SIMD_LANES_PAIR_LANES_INL
#endif

#include <hwy/highway.h>

#include "impl/arithmetic/pair.hpp"
#include "impl/simd/lanes/error_free-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Factors of gradients in pairs are at least this: products with terms and coefficients, and the
/// errors of these products, are normal numbers then.
inline constexpr double least_factor_in_pairs = 0x1p-58;

/// A pair in each lane of a vector of doubles.
using WidePair = PairLanes<Wide>;

HWY_INLINE WidePair set_pair(Pair a) { return {hn::Set(Wide(), a.hi), hn::Set(Wide(), a.lo)}; }

HWY_INLINE WidePair load_pair(const double* hi, const double* lo) {
  return {hn::Load(Wide(), hi), hn::Load(Wide(), lo)};
}

HWY_INLINE void store_pair(const WidePair& a, double* hi, double* lo) {
  hn::Store(a.hi, Wide(), hi);
  hn::Store(a.lo, Wide(), lo);
}

HWY_INLINE WidePair negate(const WidePair& a) { return {hn::Neg(a.hi), hn::Neg(a.lo)}; }

/// Returns a times a power of two, exactly unless it overflows or underflows.
HWY_INLINE WidePair scale(const WidePair& a, double power_of_two) {
  const WideVec factor = hn::Set(Wide(), power_of_two);
  return {hn::Mul(a.hi, factor), hn::Mul(a.lo, factor)};
}

HWY_INLINE WidePair add(const WidePair& a, const WidePair& b) {
  const WidePair high = two_sum(Wide(), a.hi, b.hi);
  const WidePair low = two_sum(Wide(), a.lo, b.lo);
  const WidePair sum = fast_two_sum(Wide(), high.hi, hn::Add(high.lo, low.hi));
  return fast_two_sum(Wide(), sum.hi, hn::Add(sum.lo, low.lo));
}

HWY_INLINE WidePair mul(const WidePair& a, const WidePair& b) {
  const WidePair product = two_prod(Wide(), a.hi, b.hi);
  const WideVec rest = hn::MulAdd(a.hi, b.lo, hn::MulAdd(a.lo, b.hi, hn::Mul(a.lo, b.lo)));
  return fast_two_sum(Wide(), product.hi, hn::Add(product.lo, rest));
}

/// Returns a b for one double b.
HWY_INLINE WidePair mul(const WidePair& a, WideVec b) {
  const WidePair product = two_prod(Wide(), a.hi, b);
  return fast_two_sum(Wide(), product.hi, hn::MulAdd(a.lo, b, product.lo));
}

/// Returns a / b for b.hi != 0.
HWY_INLINE WidePair div(const WidePair& a, const WidePair& b) {
  const WideVec quotient = hn::Div(a.hi, b.hi);
  const WidePair rest = add(a, negate(mul(b, quotient)));
  return fast_two_sum(Wide(), quotient, hn::Div(rest.hi, b.hi));
}

HWY_INLINE WidePair subtract_loosely(const WidePair& a, const WidePair& b) {
  const WidePair difference = two_difference(Wide(), a.hi, b.hi);
  return {difference.hi, hn::Add(difference.lo, hn::Sub(a.lo, b.lo))};
}

HWY_INLINE WidePair mul_loosely(const WidePair& a, const WidePair& b) {
  const WidePair product = two_prod(Wide(), a.hi, b.hi);
  return {product.hi, hn::MulAdd(a.hi, b.lo, hn::MulAdd(a.lo, b.hi, product.lo))};
}

/// Returns a b for one double a.
HWY_INLINE WidePair mul_loosely(WideVec a, const WidePair& b) {
  const WidePair product = two_prod(Wide(), a, b.hi);
  return {product.hi, hn::MulAdd(a, b.lo, product.lo)};
}

/// Returns 1 / a to 2^-100, relatively, for normal a.hi.
HWY_INLINE WidePair reciprocal(const WidePair& a) {
  const WideVec one = hn::Set(Wide(), 1.0);
  const WideVec high = hn::Div(one, a.hi);
  const WidePair product = two_prod(Wide(), a.hi, high);
  const WideVec rest = hn::Sub(hn::Sub(one, product.hi), product.lo);  // exact
  return {high, hn::Mul(high, hn::NegMulAdd(a.lo, high, rest))};
}

/// Returns the pairs of `yes` where the mask holds, else those of `no`.
HWY_INLINE WidePair choose(hn::Mask<Wide> mask, const WidePair& yes, const WidePair& no) {
  return {hn::IfThenElse(mask, yes.hi, no.hi), hn::IfThenElse(mask, yes.lo, no.lo)};
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
