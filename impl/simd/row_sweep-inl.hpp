// SPDX-License-Identifier: MIT
// One sweep over the blocks of a row, which leaves its maximum out of the sum of its terms without
// knowing it beforehand. Each lane keeps the maximum m_l of what it has seen; of an element x
//
//   min(m_l, x) goes to the sum,   max(m_l, x) is kept,
//
// so in the end all elements are in the sum but the lanes' maxima, and those follow, but for the
// largest. The unit need only be near enough to the maximum for no term to overflow: it is chosen
// by a first element, with headroom for a rise of 24. Where a block rises further, it is swept
// again in a new unit; changing the unit is exact, or errs as in impl/row_state.hpp.
//
// NaN: none of the maxima is NaN, the sum is.

#if defined(XENT_IMPL_SIMD_ROW_SWEEP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_ROW_SWEEP_INL
#undef XENT_IMPL_SIMD_ROW_SWEEP_INL
#else
#define XENT_IMPL_SIMD_ROW_SWEEP_INL
#endif

#include <cmath>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "impl/row_state.hpp"
#include "impl/simd/blocks-inl.hpp"
#include "impl/simd/order-inl.hpp"
#include "impl/simd/term_sum-inl.hpp"
#include "impl/simd/turns-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// How far a maximum may lie above the one that chose the unit.
inline constexpr double most_rise = 24;

/// Of |x| < 2^51.
HWY_INLINE double nearest_integer(double x) { return (x + 0x1.8p52) - 0x1.8p52; }

/// The unit of a row whose maximum is m, finite and not below that of a part whose unit is `part`.
template <class Exp>
HWY_INLINE TermUnit unit_for(double m, const TermUnit& part) {
  TermUnit unit;
  if (!(Exp::least_plain <= m && m <= Exp::largest_plain))
    unit.origin = part.origin != 0 && m - part.origin <= 64 ? part.origin : m;
  unit.exponent = static_cast<int>(nearest_integer((m - unit.origin) * 0x1.71547652b82fep0));
  return unit;
}

template <class Exp>
class RowSweep {
  using Lane = typename Exp::Lane;
  using V = LaneVec<Exp>;
  using D = LaneTag<Exp>;

 public:
  HWY_INLINE RowSweep() : m_(hn::Set(D(), minus_infinity<Lane>)) {}

  /// Chooses the unit by the first block, which is still to be taken.
  template <class A>
  HWY_INLINE void look_at(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    const Lane first = first_max<Exp>(p, n);
    if (std::isfinite(first)) choose_unit(first);
  }

  /// Takes the next block.
  template <class A>
  HWY_INLINE void take(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    if (limit_ == minus_infinity<Lane>) {
      const Lane first = first_max<Exp>(p, n);
      if (!std::isfinite(first)) return take_no_numbers(p, n, first);
      choose_unit(first);
    }
    const V m = m_;
    const TermSum<Exp> sum = sum_;
    for (;;) {
      sweep(p, n);
      if (hn::AllFalse(D(), hn::Gt(m_, hn::Set(D(), limit_)))) return;
      const Lane max = maximum();
      if (!std::isfinite(max)) return;
      m_ = m;
      sum_ = sum;
      rise_to(max);
    }
  }

  HWY_INLINE Lane maximum() const { return hn::GetLane(hn::MaxOfLanes(D(), m_)); }

  /// Of all that was taken.
  HWY_INLINE RowState state() const {
    const Lane max = maximum();
    const auto m = static_cast<double>(max);
    const auto lane = hn::FindFirstTrue(D(), hn::Eq(m_, hn::Set(D(), max)));
    const auto held = hn::Eq(hn::Iota(D(), 0), hn::Set(D(), static_cast<Lane>(lane)));
    const V nothing = hn::Set(D(), minus_infinity<Lane>);
    V rest[2] = {hn::IfThenElse(held, nothing, m_), nothing};
    TermSum<Exp> sum = sum_;
    add_terms<Exp, Reach::any>(sum, ExpInUnit<Exp>(unit_, Exp::sum_scale), rest);
    const Pair tail = plus(tail_, sum.total());
    if (!std::isfinite(m)) return {.m = m, .tail = tail};
    const TermUnit unit = unit_for<Exp>(m, unit_);
    const Pair in_its_unit = in_unit<Lane>(tail, unit_, unit);
    const bool is_nothing = in_its_unit.hi < Exp::least_tail * tail_scale;
    return {.m = m, .unit = unit, .tail = is_nothing ? Pair{} : in_its_unit};
  }

  /// What state() is made of: the maxima of the lanes, the unit, and the sum of all other terms.
  HWY_INLINE V maxima() const { return m_; }
  HWY_INLINE const TermUnit& unit() const { return unit_; }
  HWY_INLINE Pair others() const { return plus(tail_, sum_.total()); }

 private:
  /// a + b; double is enough for f32.
  static HWY_INLINE Pair plus(Pair a, Pair b) {
    return sizeof(Lane) == 4 ? exactly(a.hi + b.hi) : add(a, b);
  }

  /// A block that begins with +inf, or has only -inf and NaN.
  template <class A>
  HWY_NOINLINE void take_no_numbers(const A* p, std::ptrdiff_t n, Lane first) {
    m_ = larger(m_, hn::Set(D(), first));
    for (std::ptrdiff_t j = 0; j < n; ++j)
      if (std::isnan(static_cast<double>(p[j]))) tail_ = exactly(std::nan(""));
  }

  /// For a maximum m, which is finite and no smaller than what was seen.
  HWY_INLINE void choose_unit(Lane m) {
    unit_ = unit_for<Exp>(static_cast<double>(m), unit_);
    unit_.exponent += Exp::headroom;
    limit_ = m + Lane{most_rise};
  }

  HWY_INLINE void rise_to(Lane m) {
    const TermUnit before = unit_;
    choose_unit(m);
    tail_ = in_unit<Lane>(others(), before, unit_);
    sum_ = TermSum<Exp>();
  }

  template <class A>
  HWY_INLINE void sweep(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
    const ExpInUnit<Exp> unit(unit_, Exp::sum_scale);
    if (unit.plain())
      sweep_in<Reach::plain>(p, n, unit);
    else
      sweep_in<Reach::any>(p, n, unit);
  }

  template <Reach reach>
  HWY_INLINE void turn(const ExpInUnit<Exp>& unit, V& m, TermSum<Exp>& sum, V (&x)[interleaved]) {
    for (V& v : x) {
      const V lower = smaller(m, v);
      m = larger(m, v);
      v = lower;
    }
    add_terms<Exp, reach>(sum, unit, x);
  }

  /// Prefetches the next block.
  template <Reach reach, class A>
  HWY_INLINE void sweep_in(const A* HWY_RESTRICT p, std::ptrdiff_t n, const ExpInUnit<Exp>& unit) {
    const std::ptrdiff_t w = lanes(D());
    V m = m_;
    TermSum<Exp> sum = sum_;
    V x[interleaved];
    std::ptrdiff_t j = 0;
    for (; j + interleaved * w <= n; j += interleaved * w) {
      for (std::ptrdiff_t i = 0; i < interleaved; ++i) hwy::Prefetch(p + j + i * w + block_size);
      for (std::ptrdiff_t i = 0; i < interleaved; ++i) x[i] = load_lanes<Exp>(p + j + i * w);
      turn<reach>(unit, m, sum, x);
    }
    if (j < n) {
      load_turn<Exp>(p + j, n - j, x);
      turn<reach>(unit, m, sum, x);
    }
    m_ = m;
    sum_ = sum;
  }

  V m_;
  TermSum<Exp> sum_;  // with tail_: of all but m_, in unit_
  Pair tail_;
  TermUnit unit_;
  Lane limit_ = minus_infinity<Lane>;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
