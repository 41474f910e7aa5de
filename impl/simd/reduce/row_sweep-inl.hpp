// SPDX-License-Identifier: MIT
// One sweep over the blocks of a row, which leaves its maximum out of the sum of its terms without
// knowing it beforehand: the lanes' maxima are left out (simd/reduce/lane_sweep-inl.hpp), and
// follow in the end, but for the largest. The unit need only be near enough to the maximum for no
// term to overflow: it is chosen by a few elements, with headroom for a rise of 24. Where an
// element lies higher, the sum so far is brought to a unit for all that is left of the block, and
// the sweep goes on: exact, or it errs as in impl/rows/row_state.hpp. So no element is summed
// twice, and a block changes its unit once at most. What a change costs is the wait for the next
// terms: their unit is computed in lanes from the maximum that was found, and from the rest of the
// block only where that is not enough.
//
// NaN: none of the maxima is NaN, the sum is.

#if defined(XENT_IMPL_SIMD_REDUCE_ROW_SWEEP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_ROW_SWEEP_INL
#undef XENT_IMPL_SIMD_REDUCE_ROW_SWEEP_INL
#else
#define XENT_IMPL_SIMD_REDUCE_ROW_SWEEP_INL
#endif

#include <algorithm>
#include <cmath>

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/steps-inl.hpp"
#include "impl/simd/reduce/lane_sweep-inl.hpp"
#include "impl/simd/reduce/row_unit-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// A row of no more elements is looked over before it is swept: a rise would take a fifth as long.
inline constexpr std::ptrdiff_t short_row = 768;

template <class Exp>
class RowSweep {
  using Lane = typename Exp::Lane;
  using V = LaneVec<Exp>;
  using D = LaneTag<Exp>;

 public:
  HWY_INLINE explicit RowSweep(bool reads_far = false)
      : exp_(TermUnit{}, Exp::sum_scale), limit_(lanes_.maxima()), reads_far_(reads_far) {}

  /// How many elements it prefetches, and how many to take at a time where they lie in memory.
  template <class A>
  HWY_INLINE std::ptrdiff_t ahead() const {
    return reads_far_ ? far_ahead<A> : near_ahead<A>;
  }

  /// Chooses the unit by the first block, which is still to be taken.
  template <class A>
  HWY_INLINE void look_at(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    const V first = first_look(p, n);
    if (std::isfinite(hn::GetLane(first))) choose_unit(first);
  }

  /// Takes the next block.
  template <class A>
  HWY_INLINE void take(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    if (hn::GetLane(limit_) == minus_infinity<Lane>) {
      const V first = first_look(p, n);
      if (!std::isfinite(hn::GetLane(first))) return take_no_numbers(p, n, first);
      choose_unit(first);
    }
    const bool rose = rises_;
    std::ptrdiff_t taken = lanes_.take(p, n, ahead<A>(), exp_, limit_);
    rises_ = taken < n;
    while (taken < n) {
      rise(p + taken, n - taken);
      taken += lanes_.take(p + taken, n - taken, ahead<A>(), exp_, limit_);
    }
    reads_far_ = rises_ && rose;
  }

  HWY_INLINE Lane maximum() const { return hn::GetLane(hn::MaxOfLanes(D(), maxima())); }

  /// Of all that was taken.
  HWY_INLINE RowState state() const {
    const Lane max = maximum();
    const auto m = static_cast<double>(max);
    const auto lane = hn::FindFirstTrue(D(), hn::Eq(maxima(), hn::Set(D(), max)));
    const auto held = hn::Eq(hn::Iota(D(), 0), hn::Set(D(), static_cast<Lane>(lane)));
    const V nothing = hn::Set(D(), minus_infinity<Lane>);
    V rest[2] = {hn::IfThenElse(held, nothing, maxima()), nothing};
    TermSum<Exp> sum = lanes_.sum();
    add_terms<Exp>(sum, exp_, rest);
    const Pair tail = plus(tail_, sum.total());
    if (!std::isfinite(m)) return {.m = m, .tail = tail};
    const TermUnit unit = unit_for<Exp>(m, unit_);
    const Pair in_its_unit = in_unit<Lane>(tail, unit_, unit);
    const bool is_nothing = in_its_unit.hi < Exp::least_tail * tail_scale;
    return {.m = m, .unit = unit, .tail = is_nothing ? Pair{} : in_its_unit};
  }

  /// What state() is made of: the maxima of the lanes, the unit, and the sum of all other terms.
  HWY_INLINE V maxima() const { return lanes_.maxima(); }
  HWY_INLINE const TermUnit& unit() const { return unit_; }
  HWY_INLINE Pair others() const { return plus(tail_, lanes_.sum().total()); }

 private:
  /// a + b; double is enough for f32.
  static HWY_INLINE Pair plus(Pair a, Pair b) {
    return sizeof(Lane) == 4 ? exactly(a.hi + b.hi) : add(a, b);
  }

  template <class A>
  static HWY_INLINE V first_look(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    return maximum_of_some<Exp>(p, n, short_row, Lane{most_rise});
  }

  /// A block that begins with +inf, or has only -inf and NaN.
  template <class A>
  HWY_NOINLINE void take_no_numbers(const A* p, std::ptrdiff_t n, V first) {
    lanes_.keep(first);
    if (has_nan<Exp>(p, n)) tail_ = exactly(std::nan(""));
  }

  static HWY_INLINE V limit_for(V max) { return hn::Add(max, hn::Set(D(), Lane{most_rise})); }

  /// For a maximum in all lanes, which is finite and no smaller than what was seen.
  HWY_INLINE void choose_unit(V max) {
    limit_ = limit_for(max);
    V above_origin = hn::Add(max, hn::Set(D(), Exp::nudge));
    const auto m = static_cast<double>(hn::GetLane(max));
    double origin = 0;
    if (HWY_UNLIKELY(!is_plain<Exp>(m))) {
      origin = origin_for<Exp>(m, unit_);
      above_origin = hn::Sub(max, hn::Set(D(), static_cast<Lane>(origin)));
    }
    const V exponent = hn::Add(exponent_near<Exp>(above_origin), hn::Set(D(), Lane{Exp::headroom}));
    exp_ = ExpInUnit<Exp>(static_cast<Lane>(origin), exponent, Exp::sum_scale);
    unit_ = {.origin = origin, .exponent = static_cast<int>(hn::GetLane(exponent))};
  }

  /// To a unit for what was seen, which is below the limit, and all that is left of the block.
  template <class A>
  HWY_INLINE void rise(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    const std::ptrdiff_t near = std::min(n, 2 * step_size<Exp>());
    const V largest_near = largest<Exp>(p, near, maxima());
    const V largest_left = largest<Exp>(p + near, n - near, largest_near);
    V max = hn::MaxOfLanes(D(), largest_near);
    if (HWY_UNLIKELY(!hn::AllFalse(D(), hn::Gt(largest_left, limit_for(max)))))
      max = hn::MaxOfLanes(D(), largest_left);
    const Lane m = hn::GetLane(max);
    if (!std::isfinite(m)) {
      limit_ = max;
      return;
    }
    const bool is_nothing = m - hn::GetLane(limit_) > Exp::reach;
    const Pair sum = others();
    const TermUnit before = unit_;
    choose_unit(max);
    tail_ = is_nothing ? exactly(0 * sum.hi) : in_unit<Lane>(sum, before, unit_);
    lanes_.clear_sum();
  }

  LaneSweep<Exp> lanes_;
  Pair tail_;  // with the lanes' sum: of all but their maxima, in unit_
  TermUnit unit_;
  ExpInUnit<Exp> exp_;  // in unit_
  V limit_;
  bool reads_far_;
  bool rises_ = false;  // in the last block
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
