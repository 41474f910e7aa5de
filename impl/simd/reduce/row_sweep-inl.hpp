// SPDX-License-Identifier: MIT
// Sweeps once over the blocks of a row, and leaves its maximum out of the sum of its terms without
// knowing it beforehand: the lanes' maxima are left out (simd/reduce/lane_sweep-inl.hpp), and
// state() adds all of them but the largest.
//
// Why it is safe: the unit holds elements up to a limit (simd/reduce/sweep_unit-inl.hpp). Where an
// element lies above the limit, the sum so far is brought to a new unit, which serves for all that
// is left of the block, and the sweep goes on. A change of the unit is exact where the units differ
// by a power of two, and else errs as in impl/rows/row_state.hpp. So no element is summed twice,
// and a block changes its unit once at most.
//
// A NaN makes the sum NaN, and none of the maxima. Error: docs/error_bounds.md, lemmas 45 to 48
// (the sweep; the unit of a sweep; the arguments of the exponential, and the origin; changes of the
// unit).
//
// More than 150 lines: one class; a change of its unit needs the sum, the maxima and the block.

#if defined(XENT_IMPL_SIMD_REDUCE_ROW_SWEEP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_ROW_SWEEP_INL
#undef XENT_IMPL_SIMD_REDUCE_ROW_SWEEP_INL
#else
#define XENT_IMPL_SIMD_REDUCE_ROW_SWEEP_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/steps-inl.hpp"
#include "impl/simd/reduce/lane_sweep-inl.hpp"
#include "impl/simd/reduce/row_unit-inl.hpp"
#include "impl/simd/reduce/sweep_unit-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Reads what a sweep takes of a row of T at a time.
template <class T>
using RowReader = BlockReader<T, BlockReader<T>::widens ? block_size : far_ahead<T>>;

/// A sweep over a row: call take() for each block in order, then state().
template <class Exp>
class RowSweep {
  using Lane = typename Exp::Lane;
  using V = LaneVec<Exp>;
  using D = LaneTag<Exp>;

 public:
  /// Begins a sweep over no elements; `reads_far` prefetches far from the start.
  HWY_INLINE explicit RowSweep(bool reads_far = false) : reads_far_(reads_far) {}

  /// Returns how many elements ahead it prefetches.
  template <class A>
  HWY_INLINE std::ptrdiff_t ahead() const {
    return reads_far_ ? far_ahead<A> : near_ahead<A>;
  }

  /// Returns how many elements of a row of T to take at a time. Its units depend on that; so it is
  /// the same for a row whose elements lie apart, and are copied, and for one that is read in
  /// place, and the bits are the same.
  template <class T>
  HWY_INLINE std::ptrdiff_t at_a_time() const {
    return BlockReader<T>::widens ? block_size : ahead<T>();
  }

  /// Chooses the unit by the first block, p of n elements, which is still to be taken.
  template <class A>
  HWY_INLINE void look_at(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    const V first = first_look<Exp>(p, n);
    if (std::isfinite(hn::GetLane(first))) unit_.choose(first);
  }

  /// Takes the next block, p of n elements.
  template <class A>
  HWY_INLINE void take(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    if (hn::GetLane(unit_.limit()) == minus_infinity<Lane>) {
      const V first = first_look<Exp>(p, n);
      if (!std::isfinite(hn::GetLane(first))) return take_no_numbers(p, n, first);
      unit_.choose(first);
    }
    const bool rose = rises_;
    std::ptrdiff_t taken = lanes_.take(p, n, ahead<A>(), unit_.exp(), unit_.limit());
    rises_ = taken < n;
    while (taken < n) {
      rise(p + taken, n - taken);
      taken += lanes_.take(p + taken, n - taken, ahead<A>(), unit_.exp(), unit_.limit());
    }
    reads_far_ = rises_ && rose;
  }

  /// Returns the maximum of all that was taken.
  HWY_INLINE Lane maximum() const { return hn::GetLane(hn::MaxOfLanes(D(), maxima())); }

  /// Returns the state of all that was taken. A tail below least_tail of the maximum's term is 0.
  HWY_INLINE RowState state() const {
    const Lane max = maximum();
    const auto m = static_cast<double>(max);
    const auto lane = hn::FindFirstTrue(D(), hn::Eq(maxima(), hn::Set(D(), max)));
    const auto held = hn::Eq(hn::Iota(D(), 0), hn::Set(D(), static_cast<Lane>(lane)));
    const V nothing = hn::Set(D(), minus_infinity<Lane>);
    V rest[2] = {hn::IfThenElse(held, nothing, maxima()), nothing};
    TermSum<Exp> sum = lanes_.sum();
    add_terms<Exp>(sum, unit_.exp(), rest);
    const Pair tail = plus(tail_, sum.total());
    if (!std::isfinite(m)) return {.m = m, .tail = tail};
    const TermUnit its = unit_for<Exp>(m, unit());
    const Pair in_its_unit = in_unit<Lane>(tail, unit(), its);
    const bool is_nothing = in_its_unit.hi < Exp::least_tail * tail_scale;
    return {.m = m, .unit = its, .tail = is_nothing ? Pair{} : in_its_unit};
  }

  /// The numbers that state() is made of: the maxima of the lanes, the unit, and the sum of all
  /// other terms in it.
  HWY_INLINE V maxima() const { return lanes_.maxima(); }
  HWY_INLINE const TermUnit& unit() const { return unit_.unit(); }
  HWY_INLINE Pair others() const { return plus(tail_, lanes_.sum().total()); }

 private:
  /// Returns a + b, for f32 lanes in double.
  static HWY_INLINE Pair plus(Pair a, Pair b) {
    return sizeof(Lane) == 4 ? exactly(a.hi + b.hi) : add(a, b);
  }

  /// Takes a block whose first_look() is not finite: it has +inf in its sample, or only -inf and
  /// NaN.
  template <class A>
  HWY_NOINLINE void take_no_numbers(const A* p, std::ptrdiff_t n, V first) {
    lanes_.keep(first);
    if (has_nan<Exp>(p, n)) tail_ = exactly(std::nan(""));
  }

  /// Brings the sum to a unit that serves for what was seen, which is below the limit, and for the
  /// n elements at p, all that is left of the block. Where one of them is +inf, the limit becomes
  /// that.
  template <class A>
  HWY_INLINE void rise(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    const V max = next_look<Exp>(p, n, maxima());
    const Lane m = hn::GetLane(max);
    if (!std::isfinite(m)) {
      unit_.raise_limit(max);
      return;
    }
    const bool is_nothing = m - hn::GetLane(unit_.limit()) > Exp::reach;
    const Pair sum = others();
    const TermUnit before = unit();
    unit_.choose(max);
    tail_ = is_nothing ? exactly(0 * sum.hi) : in_unit<Lane>(sum, before, unit());
    lanes_.clear_sum();
  }

  LaneSweep<Exp> lanes_;
  Pair tail_;  // in unit(); with the sum of the lanes, the terms of all but the lanes' maxima
  SweepUnit<Exp> unit_;
  bool reads_far_;
  bool rises_ = false;  // whether the unit changed in the last block
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
