// SPDX-License-Identifier: MIT
// The state of a row by blocks: the block's maximum, then the sum of its terms while it is in
// cache. One sweep over the memory: a block with a larger maximum is merged by changing the unit,
// which is exact but for additions. Only the block that holds the maximum leaves it out.
//
// NaN: the maximum of a block may hide it, the sum of the block cannot.

#if defined(XENT_IMPL_SIMD_ROW_STATE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_ROW_STATE_INL
#undef XENT_IMPL_SIMD_ROW_STATE_INL
#else
#define XENT_IMPL_SIMD_ROW_STATE_INL
#endif

#include <algorithm>
#include <cmath>
#include <limits>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "impl/row_state.hpp"
#include "impl/simd/blocks-inl.hpp"
#include "impl/simd/exp-inl.hpp"
#include "impl/simd/lanes-inl.hpp"
#include "impl/simd/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class T>
inline constexpr T minus_infinity = -std::numeric_limits<T>::infinity();

/// max p[j], where no element is NaN.
template <class Exp, class A>
HWY_INLINE typename Exp::Lane block_max(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
  using Lane = typename Exp::Lane;
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  auto m0 = hn::Set(tag, minus_infinity<Lane>);
  auto m1 = m0, m2 = m0, m3 = m0;
  std::ptrdiff_t j = 0;
  for (; j + 4 * w <= n; j += 4 * w) {
    m0 = hn::Max(m0, load_lanes<Exp>(p + j));
    m1 = hn::Max(m1, load_lanes<Exp>(p + j + w));
    m2 = hn::Max(m2, load_lanes<Exp>(p + j + 2 * w));
    m3 = hn::Max(m3, load_lanes<Exp>(p + j + 3 * w));
  }
  for (; j + w <= n; j += w) m0 = hn::Max(m0, load_lanes<Exp>(p + j));
  if (j < n) m1 = hn::Max(m1, load_lanes_padded<Exp>(p + j, n - j, p[j]));
  return hn::GetLane(hn::MaxOfLanes(tag, hn::Max(hn::Max(m0, m1), hn::Max(m2, m3))));
}

/// Adds the terms of x[0], x[1], …, an even number of vectors.
template <class Exp, Reach reach, std::size_t N>
HWY_INLINE void add_terms(TermSum<Exp>& sum, const ExpInUnit<Exp>& unit, LaneVec<Exp> (&x)[N]) {
  if constexpr (Exp::in_pairs) {
    LaneVec<Exp> low[N];
    unit.template to_term_pairs<reach>(x, low);
    for (std::size_t i = 0; i < N; i += 2) sum.add(x[i], low[i], x[i + 1], low[i + 1]);
  } else {
    unit.template to_terms<reach>(x);
    for (std::size_t i = 0; i < N; i += 2) sum.add(x[i], x[i + 1]);
  }
}

/// Adds the terms of whole turns of [begin, end), raises `max` to their elements where `looks`, and
/// prefetches the next block.
template <class Exp, Reach reach, bool looks, class A>
HWY_INLINE void add_turns(TermSum<Exp>& sum, LaneVec<Exp>& max, const ExpInUnit<Exp>& unit,
                          const A* HWY_RESTRICT p, std::ptrdiff_t begin, std::ptrdiff_t end) {
  const std::ptrdiff_t w = lanes(LaneTag<Exp>());
  for (std::ptrdiff_t j = begin; j < end; j += interleaved * w) {
    LaneVec<Exp> x[interleaved];
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) hwy::Prefetch(p + j + i * w + block_size);
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) x[i] = load_lanes<Exp>(p + j + i * w);
    if constexpr (looks)
      for (std::ptrdiff_t i = 0; i < interleaved; ++i) max = hn::Max(max, x[i]);
    add_terms<Exp, reach>(sum, unit, x);
  }
}

/// The same of one turn, of which n > 0 elements are there, without element `left_out` where that
/// is one of them.
template <class Exp, Reach reach, bool looks, class A>
HWY_INLINE void add_part(TermSum<Exp>& sum, LaneVec<Exp>& max, const ExpInUnit<Exp>& unit,
                         const A* HWY_RESTRICT p, std::ptrdiff_t n, std::ptrdiff_t left_out) {
  using Lane = typename Exp::Lane;
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  const auto nothing = hn::Set(tag, minus_infinity<Lane>);
  LaneVec<Exp> x[interleaved];
  for (std::ptrdiff_t i = 0; i < interleaved; ++i) {
    const std::ptrdiff_t here = n - i * w;
    x[i] = nothing;
    if (here >= w)
      x[i] = load_lanes<Exp>(p + i * w);
    else if (here > 0)
      x[i] = load_lanes_padded<Exp>(p + i * w, here, static_cast<A>(minus_infinity<Lane>));
    const auto index = hn::Iota(tag, static_cast<Lane>(i * w));
    x[i] = hn::IfThenElse(hn::Eq(index, hn::Set(tag, static_cast<Lane>(left_out))), nothing, x[i]);
    if constexpr (looks) max = hn::Max(max, x[i]);
  }
  add_terms<Exp, reach>(sum, unit, x);
}

/// The sum of the terms of a block, and where it was looked for the maximum of its elements.
template <class Exp>
struct BlockSum {
  Pair sum;
  typename Exp::Lane max;
};

/// The turn with element `left_out` is apart, and what is left of the block after whole turns.
template <class Exp, Reach reach, bool looks, class A>
HWY_INLINE BlockSum<Exp> sum_of_terms(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                                      const ExpInUnit<Exp>& unit, std::ptrdiff_t left_out) {
  const LaneTag<Exp> tag;
  const std::ptrdiff_t turn = interleaved * lanes(tag);
  const std::ptrdiff_t whole = n / turn * turn;
  const bool holds = 0 <= left_out && left_out < n;
  std::ptrdiff_t begin = 0;
  std::ptrdiff_t end = holds ? left_out / turn * turn : whole;
  TermSum<Exp> sum;
  auto max = hn::Set(tag, minus_infinity<typename Exp::Lane>);
  while (begin < n) {
    add_turns<Exp, reach, looks>(sum, max, unit, p, begin, end);
    if (end < n)
      add_part<Exp, reach, looks>(sum, max, unit, p + end, std::min(n - end, turn), left_out - end);
    begin = end + turn;
    end = std::max(begin, whole);
  }
  return {sum.total(), looks ? hn::GetLane(hn::MaxOfLanes(tag, max)) : 0};
}

/// sum_j exp(p[j]) in the unit of a row, without element `left_out` where that is one of the block.
template <class Exp, bool looks, class A>
HWY_INLINE BlockSum<Exp> block_sum(const A* p, std::ptrdiff_t n, const TermUnit& row_unit,
                                   std::ptrdiff_t left_out) {
  const ExpInUnit<Exp> unit(row_unit, Exp::sum_scale);
  return unit.plain() ? sum_of_terms<Exp, Reach::plain, looks>(p, n, unit, left_out)
                      : sum_of_terms<Exp, Reach::any, looks>(p, n, unit, left_out);
}

/// The index of an element equal to m, which is there.
template <class Exp, class A>
HWY_INLINE std::ptrdiff_t find_in_block(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                                        typename Exp::Lane m) {
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  const auto wanted = hn::Set(tag, m);
  std::ptrdiff_t j = 0;
  for (; j + w <= n; j += w) {
    const auto found = hn::FindFirstTrue(tag, hn::Eq(load_lanes<Exp>(p + j), wanted));
    if (found >= 0) return j + found;
  }
  while (j < n - 1 && static_cast<typename Exp::Lane>(p[j]) != m) ++j;
  return j;
}

/// The sum of two sums of terms: double is enough for f32.
template <class A>
HWY_INLINE Pair add_sums(Pair a, Pair b) {
  if constexpr (sizeof(A) == 4) return exactly(a.hi + b.hi);
  return std::isfinite(b.hi) ? add(a, b) : b;
}

/// A block whose maximum is -inf holds nothing else, or NaN.
template <class A>
HWY_INLINE bool holds_nan(const A* p, std::ptrdiff_t n) {
  for (std::ptrdiff_t j = 0; j < n; ++j)
    if (std::isnan(static_cast<double>(p[j]))) return true;
  return false;
}

/// Takes a block into the state. True where the maximum rose.
template <class Exp, class A>
HWY_INLINE bool merge_block(RowState& row, const A* p, std::ptrdiff_t begin, std::ptrdiff_t n) {
  const auto block_m = block_max<Exp>(p, n);
  const auto m = static_cast<double>(block_m);
  const bool rises = m > row.m || row.argmax < 0;
  if (rises) {
    const std::ptrdiff_t argmax = begin + find_in_block<Exp>(p, n, block_m);
    const TermUnit unit = std::isfinite(m) ? unit_for<Exp>(m, row.unit) : TermUnit{};
    row = merged<LossOf<A>>(row, {.m = m, .argmax = argmax, .unit = unit});
  }
  if (std::isnan(m) || (std::isinf(m) && holds_nan(p, n))) {
    row.tail = exactly(std::nan(""));
  } else if (std::isfinite(row.m) && !std::isinf(m)) {
    const auto [sum, none] = block_sum<Exp, false>(p, n, row.unit, row.argmax - begin);
    row.tail = add_sums<LossOf<A>>(row.tail, sum);
  }
  return rises;
}

/// The same in one sweep, for a block that is expected to hold no larger maximum. False, and
/// nothing done, where it does.
template <class Exp, class A>
HWY_INLINE bool merge_lower_block(RowState& row, const A* p, std::ptrdiff_t n) {
  const auto [sum, max] = block_sum<Exp, true>(p, n, row.unit, -1);
  if (static_cast<double>(max) > row.m) return false;
  row.tail = add_sums<LossOf<A>>(row.tail, sum);
  return true;
}

/// After `patience` blocks without a rise of the maximum the next is expected to have none: where
/// that is wrong each time, one block in five is summed twice.
template <class Exp, class T>
HWY_INLINE RowState row_state(VectorView<const T> x) {
  constexpr int patience = 4;
  int quiet = 0;
  RowState row;
  BlockReader<T> reader(x);
  for (std::ptrdiff_t begin = 0; begin < x.size; begin += block_size) {
    const std::ptrdiff_t n = std::min(block_size, x.size - begin);
    const auto* p = reader.read(begin, n);
    if (quiet >= patience && merge_lower_block<Exp>(row, p, n)) continue;
    quiet = merge_block<Exp>(row, p, begin, n) ? 0 : quiet + 1;
    if (std::isnan(row.tail.hi)) break;
  }
  return row;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
