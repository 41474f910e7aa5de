// SPDX-License-Identifier: MIT
// Chooses the unit exp(o) 2^M of a sweep over a row (simd/reduce/row_sweep-inl.hpp), whose maximum
// is not known yet.
//
// Why it is safe: the unit need only be near enough to the maximum for no term to overflow. It is
// chosen by the maximum m_0 of a few elements, and holds elements up to the limit m_0 + 24. The
// terms that follow wait for it, so it is computed in lanes. Where an element lies above the limit,
// the new unit is chosen by the maximum of what was seen and the next two steps where nothing of
// the block lies more than 24 above that, else by the maximum of the rest of the block.
//
// Proof: docs/error_bounds.md, lemmas 46 and 47 (the unit of a sweep; the arguments of the
// exponential, and the origin).

#if defined(XENT_IMPL_SIMD_REDUCE_SWEEP_UNIT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_SWEEP_UNIT_INL
#undef XENT_IMPL_SIMD_REDUCE_SWEEP_UNIT_INL
#else
#define XENT_IMPL_SIMD_REDUCE_SWEEP_UNIT_INL
#endif

#include <algorithm>
#include <cstddef>

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/steps-inl.hpp"
#include "impl/simd/math/exponential-inl.hpp"
#include "impl/simd/reduce/row_unit-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// In a block of at most so many elements the unit is chosen by all of them, in a longer one by a
/// sample: a change of the unit would take a fifth of the time of so short a row.
inline constexpr std::ptrdiff_t short_row = 768;

/// Returns the limit of a unit that is chosen by `max`.
template <class Exp>
HWY_INLINE LaneVec<Exp> limit_for(LaneVec<Exp> max) {
  return hn::Add(max, hn::Set(LaneTag<Exp>(), typename Exp::Lane{most_rise}));
}

/// Returns the maximum of a block, or of a sample of a long one, in all lanes.
template <class Exp, class A>
HWY_INLINE LaneVec<Exp> first_look(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
  return maximum_of_some<Exp>(p, n, short_row, typename Exp::Lane{most_rise});
}

/// Returns the maximum by which a unit is chosen for what was seen, whose maxima these are, and for
/// the n elements at p, all that is left of the block.
template <class Exp, class A>
HWY_INLINE LaneVec<Exp> next_look(const A* HWY_RESTRICT p, std::ptrdiff_t n, LaneVec<Exp> maxima) {
  using V = LaneVec<Exp>;
  const LaneTag<Exp> tag;
  const std::ptrdiff_t near = std::min(n, 2 * step_size<Exp>());
  const V largest_near = largest<Exp>(p, near, maxima);
  const V largest_left = largest<Exp>(p + near, n - near, largest_near);
  V max = hn::MaxOfLanes(tag, largest_near);
  if (HWY_UNLIKELY(!hn::AllFalse(tag, hn::Gt(largest_left, limit_for<Exp>(max)))))
    max = hn::MaxOfLanes(tag, largest_left);
  return max;
}

/// The unit of a sweep, its exponential, and the limit up to which it holds elements: -inf before a
/// unit is chosen.
template <class Exp>
class SweepUnit {
  using Lane = typename Exp::Lane;
  using V = LaneVec<Exp>;
  using D = LaneTag<Exp>;

 public:
  HWY_INLINE SweepUnit()
      : exp_(TermUnit{}, Exp::sum_scale), limit_(hn::Set(D(), minus_infinity<Lane>)) {}

  HWY_INLINE const TermUnit& unit() const { return unit_; }
  HWY_INLINE const ExpInUnit<Exp>& exp() const { return exp_; }
  HWY_INLINE V limit() const { return limit_; }

  /// Sets the limit alone, to +inf in all lanes.
  HWY_INLINE void raise_limit(V limit) { limit_ = limit; }

  /// Chooses the limit and the unit by `max`, the same in all lanes, which is finite and not below
  /// what was seen.
  HWY_INLINE void choose(V max) {
    limit_ = limit_for<Exp>(max);
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

 private:
  TermUnit unit_;
  ExpInUnit<Exp> exp_;  // for unit_
  V limit_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
