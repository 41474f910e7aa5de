// SPDX-License-Identifier: MIT
// Turns: the steps of a loop over a block, as many vectors as are computed together.

#if defined(XENT_IMPL_SIMD_TURNS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_TURNS_INL
#undef XENT_IMPL_SIMD_TURNS_INL
#else
#define XENT_IMPL_SIMD_TURNS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/lanes-inl.hpp"
#include "impl/simd/order-inl.hpp"
#include "impl/simd/table_exp-inl.hpp"
#include "impl/simd/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// What one step of a loop over a block takes.
template <class Exp>
HWY_INLINE std::ptrdiff_t turn_size() {
  return interleaved * lanes(LaneTag<Exp>());
}

/// One turn, of which n elements are there, then -inf.
template <class Exp, class A>
HWY_INLINE void load_turn(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                          LaneVec<Exp> (&x)[interleaved]) {
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  for (std::ptrdiff_t i = 0; i < interleaved; ++i) {
    const std::ptrdiff_t here = n - i * w;
    if (here >= w)
      x[i] = load_lanes<Exp>(p + i * w);
    else if (here > 0)
      x[i] = load_lanes_padded<Exp>(p + i * w, here, minus_infinity<A>);
    else
      x[i] = hn::Set(tag, minus_infinity<typename Exp::Lane>);
  }
}

/// The maximum of the first turn that has an element above -inf.
template <class Exp, class A>
HWY_INLINE typename Exp::Lane first_max(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
  const LaneTag<Exp> tag;
  typename Exp::Lane first = minus_infinity<typename Exp::Lane>;
  for (std::ptrdiff_t j = 0; j < n && first == minus_infinity<typename Exp::Lane>;
       j += turn_size<Exp>()) {
    LaneVec<Exp> x[interleaved];
    load_turn<Exp>(p + j, n - j, x);
    auto m = hn::Set(tag, first);
    for (const auto& v : x) m = larger(m, v);
    first = hn::GetLane(hn::MaxOfLanes(tag, m));
  }
  return first;
}

/// Adds the terms of x[0], x[1], …, an even number of vectors.
template <class Exp, Reach reach, std::size_t N>
HWY_INLINE void add_terms(TermSum<Exp>& sum, const ExpInUnit<Exp>& unit, LaneVec<Exp> (&x)[N]) {
  if constexpr (Exp::in_pairs) {
    LaneVec<Exp> low[N];
    unit.template to_term_pairs<reach>(x, low);
    sum.add(x, low);
  } else {
    unit.template to_terms<reach>(x);
    sum.add(x);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
