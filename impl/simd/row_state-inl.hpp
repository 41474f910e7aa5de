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
template <class T>
HWY_INLINE T block_max(const T* HWY_RESTRICT p, std::ptrdiff_t n) {
  const hn::ScalableTag<T> tag;
  const std::ptrdiff_t w = lanes(tag);
  auto m0 = hn::Set(tag, minus_infinity<T>);
  auto m1 = m0, m2 = m0, m3 = m0;
  std::ptrdiff_t j = 0;
  for (; j + 4 * w <= n; j += 4 * w) {
    m0 = hn::Max(m0, hn::LoadU(tag, p + j));
    m1 = hn::Max(m1, hn::LoadU(tag, p + j + w));
    m2 = hn::Max(m2, hn::LoadU(tag, p + j + 2 * w));
    m3 = hn::Max(m3, hn::LoadU(tag, p + j + 3 * w));
  }
  for (; j + w <= n; j += w) m0 = hn::Max(m0, hn::LoadU(tag, p + j));
  if (j < n) m1 = hn::Max(m1, load_padded(tag, p + j, n - j, minus_infinity<T>));
  return hn::GetLane(hn::MaxOfLanes(tag, hn::Max(hn::Max(m0, m1), hn::Max(m2, m3))));
}

/// Adds the terms of x[0], x[1], …, an even number of vectors or one.
template <class Exp, bool is_plain, std::size_t N>
HWY_INLINE void add_terms(TermSum<Exp>& sum, const ExpInUnit<Exp>& unit, LaneVec<Exp> (&x)[N]) {
  if constexpr (Exp::in_pairs) {
    LaneVec<Exp> low[N];
    unit.template to_term_pairs<is_plain>(x, low);
    for (std::size_t i = 0; i < N; ++i) sum.add(x[i], low[i]);
  } else {
    unit.template to_terms<is_plain>(x);
    if constexpr (N == 1)
      sum.add(x[0]);
    else
      for (std::size_t i = 0; i < N; i += 2) sum.add(x[i], x[i + 1]);
  }
}

template <class Exp, bool is_plain, class A>
HWY_INLINE Pair sum_of_terms(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                             const ExpInUnit<Exp>& unit) {
  const std::ptrdiff_t w = lanes(LaneTag<Exp>());
  TermSum<Exp> sum;
  std::ptrdiff_t j = 0;
  for (; j + interleaved * w <= n; j += interleaved * w) {
    LaneVec<Exp> x[interleaved];
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) hwy::Prefetch(p + j + i * w + block_size);
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) x[i] = load_lanes<Exp>(p + j + i * w);
    add_terms<Exp, is_plain>(sum, unit, x);
  }
  for (; j < n; j += w) {
    LaneVec<Exp> x[1] = {j + w <= n ? load_lanes<Exp>(p + j)
                                    : load_lanes_padded<Exp>(p + j, n - j, minus_infinity<A>)};
    add_terms<Exp, is_plain>(sum, unit, x);
  }
  return sum.total();
}

/// sum_j exp(p[j]) in the unit of a row. Prefetches the next block of it.
template <class Exp, class A>
HWY_INLINE Pair block_sum(const A* p, std::ptrdiff_t n, const ExpInUnit<Exp>& unit) {
  return unit.plain() ? sum_of_terms<Exp, true>(p, n, unit) : sum_of_terms<Exp, false>(p, n, unit);
}

/// The index of an element equal to m, which is there.
template <class T>
HWY_INLINE std::ptrdiff_t find_in_block(const T* HWY_RESTRICT p, std::ptrdiff_t n, T m) {
  const hn::ScalableTag<T> tag;
  const std::ptrdiff_t w = lanes(tag);
  const auto wanted = hn::Set(tag, m);
  std::ptrdiff_t j = 0;
  for (; j + w <= n; j += w) {
    const auto found = hn::FindFirstTrue(tag, hn::Eq(hn::LoadU(tag, p + j), wanted));
    if (found >= 0) return j + found;
  }
  while (j < n - 1 && p[j] != m) ++j;
  return j;
}

/// The sum of two sums of terms: double is enough for f32.
template <class A>
HWY_INLINE Pair add_sums(Pair a, Pair b) {
  if constexpr (sizeof(A) == 4) return exactly(a.hi + b.hi);
  return std::isfinite(b.hi) ? add(a, b) : b;
}

/// block_sum without element `left_out`, where that is one of the block.
template <class Exp, class A>
HWY_INLINE Pair block_sum_without(const A* p, std::ptrdiff_t n, const TermUnit& row_unit,
                                  std::ptrdiff_t left_out) {
  const ExpInUnit<Exp> unit(row_unit, Exp::sum_scale);
  if (left_out < 0 || left_out >= n) return block_sum(p, n, unit);
  return add_sums<A>(block_sum(p, left_out, unit),
                     block_sum(p + left_out + 1, n - left_out - 1, unit));
}

/// A block whose maximum is -inf holds nothing else, or NaN.
template <class A>
HWY_INLINE bool holds_nan(const A* p, std::ptrdiff_t n) {
  for (std::ptrdiff_t j = 0; j < n; ++j)
    if (std::isnan(p[j])) return true;
  return false;
}

/// Takes a block into the state.
template <class Exp, class A>
HWY_INLINE void merge_block(RowState& row, const A* p, std::ptrdiff_t begin, std::ptrdiff_t n) {
  const auto m = static_cast<double>(block_max(p, n));
  if (m > row.m || row.argmax < 0) {
    const std::ptrdiff_t argmax = begin + find_in_block(p, n, static_cast<A>(m));
    const TermUnit unit = std::isfinite(m) ? unit_for<Exp>(m, row.unit) : TermUnit{};
    row = merged<A>(row, {.m = m, .argmax = argmax, .unit = unit});
  }
  if (std::isnan(m) || (std::isinf(m) && holds_nan(p, n)))
    row.tail = exactly(std::nan(""));
  else if (std::isfinite(row.m) && !std::isinf(m))
    row.tail = add_sums<A>(row.tail, block_sum_without<Exp>(p, n, row.unit, row.argmax - begin));
}

template <class Exp, class T>
HWY_INLINE RowState row_state(VectorView<const T> x) {
  RowState row;
  BlockReader<T> reader(x);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    if (!std::isnan(row.tail.hi)) merge_block<Exp>(row, reader.read(begin, n), begin, n);
  });
  return row;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
