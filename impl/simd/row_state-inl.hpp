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
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "impl/row_state.hpp"
#include "impl/segments.hpp"
#include "impl/simd/blocks-inl.hpp"
#include "impl/simd/exp-inl.hpp"
#include "impl/simd/lanes-inl.hpp"
#include "impl/simd/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class T>
inline constexpr T minus_infinity = -std::numeric_limits<T>::infinity();

/// What one step of a loop over a block takes.
template <class Exp>
HWY_INLINE std::ptrdiff_t turn_size() {
  return interleaved * lanes(LaneTag<Exp>());
}

/// One turn, of which 0 < n elements are there, then `padding`.
template <class Exp, class A>
HWY_INLINE void load_part(const A* HWY_RESTRICT p, std::ptrdiff_t n, A padding,
                          LaneVec<Exp> (&x)[interleaved]) {
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  for (std::ptrdiff_t i = 0; i < interleaved; ++i) {
    const std::ptrdiff_t here = n - i * w;
    if (here >= w)
      x[i] = load_lanes<Exp>(p + i * w);
    else if (here > 0)
      x[i] = load_lanes_padded<Exp>(p + i * w, here, padding);
    else
      x[i] = hn::Set(tag, static_cast<typename Exp::Lane>(padding));
  }
}

/// A maximum of a block, where no element is NaN, and where it is.
template <class Exp>
struct BlockMax {
  typename Exp::Lane m;
  std::ptrdiff_t at;
};

/// The index of an element equal to m in the turn at p, n of which are there; 0 where there is
/// none.
template <class Exp, class A>
HWY_INLINE std::ptrdiff_t find_in_turn(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                                       typename Exp::Lane m) {
  const LaneTag<Exp> tag;
  const auto w = static_cast<std::uint64_t>(lanes(tag));
  LaneVec<Exp> x[interleaved];
  load_part<Exp>(p, n, static_cast<A>(minus_infinity<typename Exp::Lane>), x);
  std::uint64_t found = 0;
  for (std::uint64_t i = 0; i < interleaved; ++i) {
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(tag, hn::Eq(x[i], hn::Set(tag, m)), bits);
    std::uint64_t mask = 0;
    std::memcpy(&mask, bits, sizeof mask);
    found |= mask << (i * w);
  }
  return found == 0 ? 0 : std::countr_zero(found);
}

/// Of each lane the turn of its maximum is kept, so that one turn has to be searched.
template <class Exp, class A>
HWY_INLINE BlockMax<Exp> block_max(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
  using Lane = typename Exp::Lane;
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  const std::ptrdiff_t turn = turn_size<Exp>();
  auto m = hn::Set(tag, minus_infinity<Lane>);
  auto at = hn::Zero(tag);
  for (std::ptrdiff_t j = 0; j < n; j += turn) {
    LaneVec<Exp> x[interleaved];
    if (j + turn <= n)
      for (std::ptrdiff_t i = 0; i < interleaved; ++i) x[i] = load_lanes<Exp>(p + j + i * w);
    else
      load_part<Exp>(p + j, n - j, static_cast<A>(minus_infinity<Lane>), x);
    auto here = hn::Max(x[0], x[1]);
    for (std::ptrdiff_t i = 2; i < interleaved; i += 2)
      here = hn::Max(here, hn::Max(x[i], x[i + 1]));
    at = hn::IfThenElse(hn::Gt(here, m), hn::Set(tag, static_cast<Lane>(j)), at);
    m = larger(m, here);
  }
  HWY_ALIGN Lane turns[hn::MaxLanes(tag)];
  hn::Store(at, tag, turns);
  const Lane all = hn::GetLane(hn::MaxOfLanes(tag, m));
  const auto lane = hn::FindFirstTrue(tag, hn::Eq(m, hn::Set(tag, all)));
  const auto begin = lane < 0 ? 0 : static_cast<std::ptrdiff_t>(turns[lane]);
  return {all, begin + find_in_turn<Exp>(p + begin, std::min(turn, n - begin), all)};
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

/// The sum of the terms of a block, and where it was looked for the maximum of its elements.
template <class Exp>
struct BlockSum {
  Pair sum;
  typename Exp::Lane max;
};

/// The turns of a block, but for two that are copied: the one with element `left_out`, which is
/// -inf in the copy, and the last where the block ends within it, with -inf behind. So the loop
/// over the block has no branch that depends on where its maximum is.
template <class Exp, class A>
class Turns {
  static constexpr A nothing = static_cast<A>(minus_infinity<typename Exp::Lane>);

 public:
  HWY_INLINE Turns(const A* p, std::ptrdiff_t n, std::ptrdiff_t left_out)
      : p_(p), turn_(turn_size<Exp>()), last_begin_(n / turn_ * turn_) {
    if (last_begin_ < n) copy(last_begin_, n - last_begin_, last_);
    if (left_out < 0 || left_out >= n) return;
    const std::ptrdiff_t begin = left_out / turn_ * turn_;
    if (begin == last_begin_) {
      last_[left_out - begin] = nothing;
    } else {
      held_begin_ = begin;
      copy(begin, turn_, held_);
      held_[left_out - begin] = nothing;
    }
  }

  HWY_INLINE const A* at(std::ptrdiff_t j) const {
    const A* other = j == held_begin_ ? held_ : last_;
    return j == held_begin_ || j == last_begin_ ? other : p_ + j;
  }

 private:
  HWY_INLINE void copy(std::ptrdiff_t begin, std::ptrdiff_t n, A* to) const {
    std::copy_n(p_ + begin, n, to);
    std::fill(to + n, to + turn_, nothing);
  }

  const A* p_;
  std::ptrdiff_t turn_, last_begin_;
  std::ptrdiff_t held_begin_ = -1;
  alignas(64) A held_[interleaved * hn::MaxLanes(LaneTag<Exp>())];
  alignas(64) A last_[interleaved * hn::MaxLanes(LaneTag<Exp>())];
};

/// Prefetches the next block.
template <class Exp, Reach reach, bool looks, class A>
HWY_INLINE BlockSum<Exp> sum_of_terms(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                                      const ExpInUnit<Exp>& unit, std::ptrdiff_t left_out) {
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  const Turns<Exp, A> turns(p, n, left_out);
  TermSum<Exp> sum;
  auto max = hn::Set(tag, minus_infinity<typename Exp::Lane>);
  for (std::ptrdiff_t j = 0; j < n; j += interleaved * w) {
    const A* HWY_RESTRICT from = turns.at(j);
    LaneVec<Exp> x[interleaved];
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) hwy::Prefetch(p + j + i * w + block_size);
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) x[i] = load_lanes<Exp>(from + i * w);
    if constexpr (looks)
      for (std::ptrdiff_t i = 0; i < interleaved; ++i) max = hn::Max(max, x[i]);
    add_terms<Exp, reach>(sum, unit, x);
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
HWY_INLINE bool merge_block(RowState& row, const A* p, std::ptrdiff_t begin, std::ptrdiff_t n,
                            const BlockMax<Exp>& max) {
  const auto m = static_cast<double>(max.m);
  const bool rises = m > row.m || row.argmax < 0;
  if (rises) {
    const TermUnit unit = std::isfinite(m) ? unit_for<Exp>(m, row.unit) : TermUnit{};
    row = merged<LossOf<A>>(row, {.m = m, .argmax = begin + max.at, .unit = unit});
  }
  if (std::isnan(m) || (std::isinf(m) && holds_nan(p, n))) {
    row.tail = exactly(std::nan(""));
  } else if (std::isfinite(row.m) && !std::isinf(m) && (n > 1 || row.argmax != begin)) {
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

/// The maximum of the first block of a row that has elements.
template <class Exp, class T>
HWY_INLINE BlockMax<Exp> first_max(VectorView<const T> x) {
  BlockReader<T> reader(x);
  const std::ptrdiff_t n = std::min(block_size, x.size);
  return block_max<Exp>(reader.read(0, n), n);
}

/// After `patience` blocks without a rise of the maximum the next is expected to have none: where
/// that is wrong each time, one block in five is summed twice.
template <class Exp, class T>
HWY_INLINE RowState state_by_blocks(VectorView<const T> x, const BlockMax<Exp>& first) {
  constexpr int patience = 4;
  int quiet = 0;
  RowState row;
  BlockReader<T> reader(x);
  for (std::ptrdiff_t begin = 0; begin < x.size; begin += block_size) {
    const std::ptrdiff_t n = std::min(block_size, x.size - begin);
    const auto* p = reader.read(begin, n);
    if (quiet >= patience && merge_lower_block<Exp>(row, p, n)) continue;
    const BlockMax<Exp> max = begin == 0 ? first : block_max<Exp>(p, n);
    quiet = merge_block(row, p, begin, n, max) ? 0 : quiet + 1;
    if (std::isnan(row.tail.hi)) break;
  }
  return row;
}

/// The state of a row, with what first_max() gave. Wide rows are merged from segments, whatever the
/// number of threads.
template <class Exp, class T>
HWY_INLINE RowState row_state(VectorView<const T> x, const BlockMax<Exp>& first, int threads) {
  if (x.size < Sharing::least_split) return state_by_blocks<Exp>(x, first);
  RowState parts[most_segments];
  const Segments segments(x.size, Sharing::split_grain);
  segments.for_each(threads, [&](std::ptrdiff_t k, std::ptrdiff_t begin, std::ptrdiff_t end) {
    const auto part = part_of(x, begin, end);
    parts[k] = state_by_blocks<Exp>(part, begin == 0 ? first : first_max<Exp>(part));
    if (parts[k].argmax >= 0) parts[k].argmax += begin;
  });
  RowState row;
  for (std::ptrdiff_t k = 0; k < segments.count(); ++k) row = merged<LossOf<T>>(row, parts[k]);
  return row;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
