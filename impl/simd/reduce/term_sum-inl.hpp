// SPDX-License-Identifier: MIT
// Sums vectors of terms 2^sum_scale exp(…) in double lanes. Error, of the sum, where n terms fall
// to one lane in a whole sweep over a row or a segment of it:
//
//   WideExp           plain sums, two for each lane    n 2^-53
//   F64Exp, PairExp   compensated (two-sum)            (n 2^-53)^2
//
// Proof: docs/error_bounds.md, lemma 58 (sums in lanes). simd/reduce/float_sum-inl.hpp sums terms
// of f32 lanes.

#if defined(XENT_IMPL_SIMD_REDUCE_TERM_SUM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_TERM_SUM_INL
#undef XENT_IMPL_SIMD_REDUCE_TERM_SUM_INL
#else
#define XENT_IMPL_SIMD_REDUCE_TERM_SUM_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/arithmetic/pair.hpp"
#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"
#include "impl/simd/math/exponential-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns the sum over all lanes of hi + lo, compensated.
template <class D>
HWY_INLINE Pair sum_of_lanes(D tag, hn::Vec<D> hi, hn::Vec<D> lo) {
  HWY_ALIGN double high[hn::MaxLanes(tag)];
  HWY_ALIGN double low[hn::MaxLanes(tag)];
  hn::Store(hi, tag, high);
  hn::Store(lo, tag, low);
  CompensatedSum sum;
  for (std::ptrdiff_t i = 0; i < lanes(tag); ++i) sum.add_term(high[i], low[i]);
  return sum.total();
}

/// Adds `term` to hi + lo; only the addition to lo is rounded.
HWY_INLINE void add_exactly(WideVec& hi, WideVec& lo, WideVec term) {
  const WideVec sum = hn::Add(hi, term);
  const WideVec term_part = hn::Sub(sum, hi);
  lo = hn::Add(lo, hn::Add(hn::Sub(hi, hn::Sub(sum, term_part)), hn::Sub(term, term_part)));
  hi = sum;
}

/// Sums terms of one double, compensated.
template <>
class TermSum<F64Exp> {
 public:
  HWY_INLINE TermSum() : hi_(hn::Zero(Wide())), lo_(hn::Zero(Wide())) {}
  template <std::size_t N>
  HWY_INLINE void add(const WideVec (&term)[N]) {
    XENT_FOR_EACH_VECTOR(n) add_exactly(hi_, lo_, term[n]);
  }
  HWY_INLINE Pair total() const { return sum_of_lanes(Wide(), hi_, lo_); }

 private:
  static_assert(F64Exp::sum_scale == tail_exponent);
  WideVec hi_, lo_;
};

/// Sums terms of two doubles, compensated; the low parts are added to the sum of the errors.
template <>
class TermSum<PairExp> {
 public:
  HWY_INLINE TermSum() : hi_(hn::Zero(Wide())), lo_(hn::Zero(Wide())) {}
  template <std::size_t N>
  HWY_INLINE void add(const WideVec (&term)[N], const WideVec (&low)[N]) {
    XENT_FOR_EACH_VECTOR(n) {
      add_exactly(hi_, lo_, term[n]);
      lo_ = hn::Add(lo_, low[n]);
    }
  }
  HWY_INLINE Pair total() const { return sum_of_lanes(Wide(), hi_, lo_); }

 private:
  WideVec hi_, lo_;
};

/// Sums terms of f32 logits plainly, in two sums for each lane.
template <>
class TermSum<WideExp> {
 public:
  HWY_INLINE TermSum() : even_(hn::Zero(Wide())), odd_(hn::Zero(Wide())) {}
  template <std::size_t N>
  HWY_INLINE void add(const WideVec (&term)[N]) {
    for (std::size_t n = 0; n < N; n += 2) {
      even_ = hn::Add(even_, term[n]);
      odd_ = hn::Add(odd_, term[n + 1]);
    }
  }
  HWY_INLINE Pair total() const {
    return exactly(hn::GetLane(hn::SumOfLanes(Wide(), hn::Add(even_, odd_))));
  }

 private:
  static_assert(WideExp::sum_scale == tail_exponent);
  WideVec even_, odd_;
};

/// Adds the terms of the vectors x, an even number of them, which are overwritten.
template <class Exp, std::size_t N>
HWY_INLINE void add_terms(TermSum<Exp>& sum, const ExpInUnit<Exp>& unit,
                          hn::Vec<hn::ScalableTag<typename Exp::Lane>> (&x)[N]) {
  if constexpr (Exp::in_pairs) {
    hn::Vec<hn::ScalableTag<typename Exp::Lane>> second[N];
    unit.template to_parts<Reach::any>(x, second);
    sum.add(x, second);
  } else {
    unit.template to_terms<Reach::any>(x);
    sum.add(x);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
