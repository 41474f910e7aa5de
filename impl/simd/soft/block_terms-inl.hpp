// SPDX-License-Identifier: MIT
// Computes the terms of a block in f32 lanes and gives them to double lanes.

#if defined(XENT_IMPL_SIMD_SOFT_BLOCK_TERMS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_BLOCK_TERMS_INL
#undef XENT_IMPL_SIMD_SOFT_BLOCK_TERMS_INL
#else
#define XENT_IMPL_SIMD_SOFT_BLOCK_TERMS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/steps-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"
#include "impl/simd/math/exponential-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The terms of a block, times 2^sum_scale.
template <class Exp>
struct BlockTerms {
  static constexpr std::size_t size =
      std::size_t{block_size} + std::size_t{interleaved} * hn::MaxLanes(LaneTag<Exp>());
  alignas(64) float high[size];
  alignas(64) float s[Exp::in_pairs ? size : 1];  // a term is high (1 + s)
  bool holds_maximum;

  /// Computes the terms of the n elements at p in the given unit; m is the maximum of the row.
  template <class A>
  HWY_INLINE void find(const A* p, std::ptrdiff_t n, const ExpInUnit<Exp>& unit, float m) {
    const LaneTag<Exp> tag;
    const auto maximum = hn::Set(tag, m);
    auto largest = hn::Set(tag, minus_infinity<float>);
    for (std::ptrdiff_t j = 0; j < n; j += step_size<Exp>()) {
      LaneVec<Exp> x[interleaved];
      LaneVec<Exp> second[interleaved];
      load_step<Exp>(p + j, n - j, x);
      for (const auto& v : x) largest = hn::Max(largest, v);
      if constexpr (Exp::in_pairs)
        unit.template to_parts<Reach::any>(x, second);
      else
        unit.template to_terms<Reach::any>(x);
      for (std::ptrdiff_t i = 0; i < interleaved; ++i) {
        hn::Store(x[i], tag, high + j + i * lanes(tag));
        if constexpr (Exp::in_pairs) hn::Store(second[i], tag, s + j + i * lanes(tag));
      }
    }
    holds_maximum = !hn::AllFalse(tag, hn::Eq(largest, maximum));
  }

  /// Returns terms j, j + 1, … in double lanes.
  HWY_INLINE WideVec at(std::ptrdiff_t j) const {
    const WideVec term = load_lanes<WideExp>(high + j);
    if constexpr (!Exp::in_pairs) return term;
    return hn::MulAdd(term, load_lanes<WideExp>(s + j), term);
  }
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
