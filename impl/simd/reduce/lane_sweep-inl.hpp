// SPDX-License-Identifier: MIT
// The lanes of a sweep over a row. Each lane keeps the maximum m_l of the elements it has seen.
// When it takes an element x,
//
//   the term of min(m_l, x) is added to the sum,   max(m_l, x) is kept
//
// so in the end the sum has the terms of all elements but the lanes' maxima.
//
// A NaN makes the sum NaN, and is never kept as a maximum. Error: that of the terms and of the sum.
// Proof: docs/error_bounds.md, lemma 45 (the sweep).

#if defined(XENT_IMPL_SIMD_REDUCE_LANE_SWEEP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_LANE_SWEEP_INL
#undef XENT_IMPL_SIMD_REDUCE_LANE_SWEEP_INL
#else
#define XENT_IMPL_SIMD_REDUCE_LANE_SWEEP_INL
#endif

#include <cstddef>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/steps-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The maxima of the lanes and the sum of all other terms.
template <class Exp>
class LaneSweep {
  using V = LaneVec<Exp>;
  using D = LaneTag<Exp>;

 public:
  HWY_INLINE LaneSweep() : m_(hn::Set(D(), minus_infinity<typename Exp::Lane>)) {}

  HWY_INLINE V maxima() const { return m_; }
  /// The sum of the terms of all other elements, in the unit in which they were taken.
  HWY_INLINE const TermSum<Exp>& sum() const { return sum_; }

  HWY_INLINE void clear_sum() { sum_ = TermSum<Exp>(); }
  /// Keeps the elements x, whose terms are not added; NaN is passed over.
  HWY_INLINE void keep(V x) { m_ = larger(m_, x); }

  /// Takes unrolled steps of the n elements at p, two at a time, until one or two have an element
  /// above `limit`, and returns how many elements it took. `exp` computes terms in the unit of the
  /// sum, in which none up to the limit overflows. Prefetches what lies `ahead` elements further.
  template <class A>
  HWY_INLINE std::ptrdiff_t take(const A* HWY_RESTRICT p, std::ptrdiff_t n, std::ptrdiff_t ahead,
                                 const ExpInUnit<Exp>& exp, V limit) {
    const ExpInUnit<Exp> unit = exp;
    const std::ptrdiff_t step = step_size<Exp>();
    const A* HWY_RESTRICT next = p + ahead;
    V m = m_;
    TermSum<Exp> sum = sum_;
    V two[2][interleaved];
    V one[1][interleaved];
    bool goes_on = true;
    std::ptrdiff_t j = 0;
    for (; n - j >= 2 * step; j += 2 * step) {
      for (std::ptrdiff_t i = 0; i < 2 * step; i += lanes(D())) hwy::Prefetch(next + j + i);
      load_whole_step<Exp>(p + j, two[0]);
      load_whole_step<Exp>(p + j + step, two[1]);
      goes_on = take_steps(unit, limit, m, sum, two);
      if (!goes_on) break;
    }
    if (goes_on && n - j >= step) {
      load_whole_step<Exp>(p + j, one[0]);
      goes_on = take_steps(unit, limit, m, sum, one);
      if (goes_on) j += step;
    }
    if (goes_on && j < n) {
      load_step<Exp>(p + j, n - j, one[0]);
      if (take_steps(unit, limit, m, sum, one)) j = n;
    }
    m_ = m;
    sum_ = sum;
    return j;
  }

 private:
  /// Takes N steps: updates the lanes' maxima m and adds the terms of all else. Where a maximum
  /// would be above the limit it takes nothing and returns false.
  template <std::size_t N>
  static HWY_INLINE bool take_steps(const ExpInUnit<Exp>& unit, V limit, V& m, TermSum<Exp>& sum,
                                    V (&steps)[N][interleaved]) {
    V kept = m;
    for (auto& x : steps) keep_larger(kept, x);
    if (HWY_UNLIKELY(!hn::AllFalse(D(), hn::Gt(kept, limit)))) return false;
    m = kept;
    for (auto& x : steps) add_terms<Exp>(sum, unit, x);
    return true;
  }

  /// Keeps the larger of each lane in `kept`, and leaves the others in x.
  static HWY_INLINE void keep_larger(V& kept, V (&x)[interleaved]) {
    for (V& v : x) {
      const V lower = smaller(kept, v);
      kept = larger(kept, v);
      v = lower;
    }
  }

  V m_;
  TermSum<Exp> sum_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
