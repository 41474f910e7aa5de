// SPDX-License-Identifier: MIT
// Vectors at the ends of arrays, and sums of lanes that lose nothing that counts.

#if defined(XENT_IMPL_SIMD_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_INL
#undef XENT_IMPL_SIMD_LANES_INL
#else
#define XENT_IMPL_SIMD_LANES_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/pair.hpp"
#include "impl/row_state.hpp"
#include "impl/simd/exp_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D>
HWY_INLINE std::ptrdiff_t lanes(D tag) {
  return static_cast<std::ptrdiff_t>(hn::Lanes(tag));
}

/// Whether masked loads and stores leave the memory behind the mask alone.
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX2
#define XENT_MASKED_MEMORY 1
#else
#define XENT_MASKED_MEMORY 0
#endif

/// The n < Lanes elements at p, then `padding`. Reads nothing beyond them.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE hn::Vec<D> load_padded(D tag, const T* HWY_RESTRICT p, std::ptrdiff_t n, T padding) {
#if XENT_MASKED_MEMORY
  const auto first = hn::FirstN(tag, static_cast<std::size_t>(n));
  return hn::IfThenElse(first, hn::MaskedLoad(first, tag, p), hn::Set(tag, padding));
#else
  HWY_ALIGN T padded[hn::MaxLanes(tag)];
  for (std::ptrdiff_t j = 0; j < lanes(tag); ++j) padded[j] = j < n ? p[j] : padding;
  return hn::Load(tag, padded);
#endif
}

/// Stores the first n < Lanes elements of v.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE void store_first(D tag, hn::Vec<D> v, T* HWY_RESTRICT p, std::ptrdiff_t n) {
#if XENT_MASKED_MEMORY
  hn::BlendedStore(v, hn::FirstN(tag, static_cast<std::size_t>(n)), tag, p);
#else
  HWY_ALIGN T all[hn::MaxLanes(tag)];
  hn::Store(v, tag, all);
  for (std::ptrdiff_t j = 0; j < n; ++j) p[j] = all[j];
#endif
}

/// Sum over lanes of doubles, with the errors of the lanes' own sums.
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

/// Sums of vectors of scaled terms. f32: pairs of vectors are added in f32 and the sums go to
/// double lanes, one rounding of f32 per term. f64: compensated lanes.
template <class D>
class TermSum;

template <class D>
requires(sizeof(hn::TFromD<D>) == 8) class TermSum<D> {
  using V = hn::Vec<D>;

 public:
  explicit TermSum(D tag) : tag_(tag), hi_(hn::Zero(tag)), lo_(hn::Zero(tag)) {}
  HWY_INLINE void add(V term) {
    const V sum = hn::Add(hi_, term);
    const V term_part = hn::Sub(sum, hi_);
    lo_ = hn::Add(lo_, hn::Add(hn::Sub(hi_, hn::Sub(sum, term_part)), hn::Sub(term, term_part)));
    hi_ = sum;
  }
  HWY_INLINE void add(V a, V b) {
    add(a);
    add(b);
  }
  /// 2^256 times the sum of the exponentials.
  Pair total() const { return sum_of_lanes(tag_, hi_, lo_); }

 private:
  D tag_;
  V hi_, lo_;
};

template <class D>
requires(sizeof(hn::TFromD<D>) == 4) class TermSum<D> {
  using V = hn::Vec<D>;
  using Wide = hn::ScalableTag<double>;
  using Half = hn::Rebind<float, Wide>;

 public:
  explicit TermSum(D) : lower_(hn::Zero(Wide())), upper_(hn::Zero(Wide())) {}
  HWY_INLINE void add(V term) {
#if HWY_TARGET == HWY_SCALAR
    lower_ = hn::Add(lower_, hn::PromoteTo(Wide(), term));
#else
    lower_ = hn::Add(lower_, hn::PromoteTo(Wide(), hn::LowerHalf(Half(), term)));
    upper_ = hn::Add(upper_, hn::PromoteTo(Wide(), hn::UpperHalf(Half(), term)));
#endif
  }
  HWY_INLINE void add(V a, V b) { add(hn::Add(a, b)); }
  /// 2^256 times the sum of the exponentials.
  Pair total() const {
    constexpr double to_tail_scale = tail_scale / 0x1p64;
    static_assert(ExpConstants<float>::range_shift == 64);
    const double sum = hn::GetLane(hn::SumOfLanes(Wide(), hn::Add(lower_, upper_)));
    return exactly(sum * to_tail_scale);
  }

 private:
  hn::Vec<Wide> lower_, upper_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#undef XENT_MASKED_MEMORY
#endif  // the guard of a per-target header
