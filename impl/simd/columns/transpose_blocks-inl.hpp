// SPDX-License-Identifier: MIT
// Transposes contiguous rows of floats or doubles, as many as a vector has lanes, to columns, and
// columns back to rows, in square blocks of 128 bits: 4 x 4 floats or 2 x 2 doubles. Column j holds
// element j of each row, one in each lane; columns lie pitch_of<Lane> lanes apart. Where the last
// block would pass the end of the rows it lies over the one before.

#if defined(XENT_IMPL_SIMD_COLUMNS_TRANSPOSE_BLOCKS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_COLUMNS_TRANSPOSE_BLOCKS_INL
#undef XENT_IMPL_SIMD_COLUMNS_TRANSPOSE_BLOCKS_INL
#else
#define XENT_IMPL_SIMD_COLUMNS_TRANSPOSE_BLOCKS_INL
#endif

#include <algorithm>
#include <cstddef>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// How many lanes columns lie apart: a vector of them.
template <class Lane>
inline constexpr std::ptrdiff_t pitch_of = hn::MaxLanes(hn::ScalableTag<Lane>());
inline constexpr std::ptrdiff_t column_pitch = pitch_of<float>;

/// How many lanes a block has in each direction.
template <class Lane>
inline constexpr std::ptrdiff_t block_side = 16 / sizeof(Lane);

#if HWY_TARGET != HWY_SCALAR

/// Transposes each block: lane j of v[i] becomes lane i of v[j].
template <class D, class V = hn::Vec<D>>
HWY_INLINE void transpose_blocks(D tag, V (&v)[4]) {
  const hn::Repartition<double, D> pairs;
  const auto lower_01 = hn::BitCast(pairs, hn::InterleaveLower(tag, v[0], v[1]));
  const auto lower_23 = hn::BitCast(pairs, hn::InterleaveLower(tag, v[2], v[3]));
  const auto upper_01 = hn::BitCast(pairs, hn::InterleaveUpper(tag, v[0], v[1]));
  const auto upper_23 = hn::BitCast(pairs, hn::InterleaveUpper(tag, v[2], v[3]));
  v[0] = hn::BitCast(tag, hn::InterleaveLower(pairs, lower_01, lower_23));
  v[1] = hn::BitCast(tag, hn::InterleaveUpper(pairs, lower_01, lower_23));
  v[2] = hn::BitCast(tag, hn::InterleaveLower(pairs, upper_01, upper_23));
  v[3] = hn::BitCast(tag, hn::InterleaveUpper(pairs, upper_01, upper_23));
}
template <class D, class V = hn::Vec<D>>
HWY_INLINE void transpose_blocks(D tag, V (&v)[2]) {
  const V lower = hn::InterleaveLower(tag, v[0], v[1]);
  v[1] = hn::InterleaveUpper(tag, v[0], v[1]);
  v[0] = lower;
}

/// Copies the columns of one block from column c on, of the rows that begin at row_at(k), and
/// returns the larger of them and m. Block b of v[i] is from row side b + i.
template <class RowAt, class V, class Lane>
HWY_INLINE V load_block_columns(const RowAt& row_at, std::ptrdiff_t c, Lane* columns, V m) {
  constexpr std::ptrdiff_t side = block_side<Lane>;
  const hn::ScalableTag<Lane> tag;
  const auto lane = hn::Iota(tag, Lane{0});
  V v[static_cast<std::size_t>(side)];
  for (std::ptrdiff_t i = 0; i < side; ++i) v[i] = hn::LoadDup128(tag, row_at(i) + c);
  for (std::ptrdiff_t b = 1; side * b < lanes(tag); ++b) {
    const auto is_here = hn::Ge(lane, hn::Set(tag, static_cast<Lane>(side * b)));
    for (std::ptrdiff_t i = 0; i < side; ++i)
      v[i] = hn::IfThenElse(is_here, hn::LoadDup128(tag, row_at(side * b + i) + c), v[i]);
  }
  transpose_blocks(tag, v);
  for (std::ptrdiff_t i = 0; i < side; ++i) {
    hn::Store(v[i], tag, columns + (c + i) * pitch_of<Lane>);
    m = larger(m, v[i]);
  }
  return m;
}

/// Copies all `cols` columns, at least those of a block, of such rows, and returns the rows'
/// maxima. Where `next` is not null as many elements from it on are fetched into the cache.
template <class RowAt, class Lane>
HWY_INLINE auto load_in_blocks(const RowAt& row_at, std::ptrdiff_t cols, Lane* columns,
                               const Lane* next = nullptr) {
  constexpr std::ptrdiff_t side = block_side<Lane>;
  auto m = hn::Set(hn::ScalableTag<Lane>(), minus_infinity<Lane>);
  for (std::ptrdiff_t c = 0; c < cols; c += side) {
    m = load_block_columns(row_at, std::min(c, cols - side), columns, m);
    if (next == nullptr) continue;
    for (std::ptrdiff_t i = 0; i < side; ++i) hwy::Prefetch(next + (c + i) * pitch_of<Lane>);
  }
  return m;
}

/// Stores block b of v at rows[side b] + c.
template <class D, class Lane>
HWY_INLINE void store_blocks(D tag, hn::Vec<D> v, Lane* const* rows, std::ptrdiff_t c) {
  if constexpr (hn::MaxLanes(D()) == block_side<Lane>) {
    hn::StoreU(v, tag, rows[0] + c);
  } else {
    const hn::Half<D> half;
    store_blocks(half, hn::LowerHalf(half, v), rows, c);
    store_blocks(half, hn::UpperHalf(half, v), rows + hn::MaxLanes(half), c);
  }
}

/// Stores `cols` vectors column(j), at least those of a block, to all rows.
template <class Column, class Lane>
HWY_INLINE void store_in_blocks(Column column, std::ptrdiff_t cols, Lane* const* rows) {
  constexpr std::ptrdiff_t side = block_side<Lane>;
  const hn::ScalableTag<Lane> tag;
  for (std::ptrdiff_t c = 0; c < cols; c += side) {
    const std::ptrdiff_t begin = std::min(c, cols - side);
    hn::Vec<decltype(tag)> v[static_cast<std::size_t>(side)];
    for (std::ptrdiff_t i = 0; i < side; ++i) v[i] = column(begin + i);
    transpose_blocks(tag, v);
    for (std::ptrdiff_t i = 0; i < side; ++i) store_blocks(tag, v[i], rows + i, begin);
  }
}

#endif

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
