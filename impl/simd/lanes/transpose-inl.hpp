// SPDX-License-Identifier: MIT
// Transposes as many rows as a vector of floats has lanes to columns, and columns back to rows.
// Column j holds element j of each row, one in each lane; columns lie column_pitch floats apart.
// Contiguous rows of f32 are moved in blocks of 4 x 4, and rows that lie side by side as they are
// (simd/lanes/side_by_side-inl.hpp).
//
// More than 150 lines: both directions, which share the blocks and must agree on where rows lie.

#if defined(XENT_IMPL_SIMD_LANES_TRANSPOSE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_TRANSPOSE_INL
#undef XENT_IMPL_SIMD_LANES_TRANSPOSE_INL
#else
#define XENT_IMPL_SIMD_LANES_TRANSPOSE_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <hwy/highway.h>

#include <xent/view.hpp>

#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/side_by_side-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// How many floats columns lie apart: a vector of them.
inline constexpr std::ptrdiff_t column_pitch = hn::MaxLanes(hn::ScalableTag<float>());

#if HWY_TARGET != HWY_SCALAR

/// Transposes each block of four lanes: lane j of v[i] becomes lane i of v[j].
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

/// Copies four columns from column c on, of the rows that begin at row_at(k), and returns the
/// larger of them and m. Block b of v[i] is from row 4 b + i.
template <class RowAt, class V>
HWY_INLINE V load_four_columns(const RowAt& row_at, std::ptrdiff_t c, float* columns, V m) {
  const hn::DFromV<V> tag;
  const auto lane = hn::Iota(tag, 0.0F);
  V v[4];
  for (std::ptrdiff_t i = 0; i < 4; ++i) v[i] = hn::LoadDup128(tag, row_at(i) + c);
  for (std::ptrdiff_t b = 1; 4 * b < lanes(tag); ++b) {
    const auto is_here = hn::Ge(lane, hn::Set(tag, static_cast<float>(4 * b)));
    for (std::ptrdiff_t i = 0; i < 4; ++i)
      v[i] = hn::IfThenElse(is_here, hn::LoadDup128(tag, row_at(4 * b + i) + c), v[i]);
  }
  transpose_blocks(tag, v);
  for (std::ptrdiff_t i = 0; i < 4; ++i) {
    hn::Store(v[i], tag, columns + (c + i) * column_pitch);
    m = larger(m, v[i]);
  }
  return m;
}

/// Copies all `cols` >= 4 columns of such rows, and returns the rows' maxima.
template <class RowAt>
HWY_INLINE auto load_in_blocks(const RowAt& row_at, std::ptrdiff_t cols, float* columns) {
  auto m = hn::Set(hn::ScalableTag<float>(), minus_infinity<float>);
  for (std::ptrdiff_t c = 0; c < cols; c += 4)
    m = load_four_columns(row_at, std::min(c, cols - 4), columns, m);
  return m;
}

/// Stores block b of v at rows[4 b] + c.
template <class D>
HWY_INLINE void store_blocks(D tag, hn::Vec<D> v, float* const* rows, std::ptrdiff_t c) {
  if constexpr (hn::MaxLanes(D()) == 4) {
    hn::StoreU(v, tag, rows[0] + c);
  } else {
    const hn::Half<D> half;
    store_blocks(half, hn::LowerHalf(half, v), rows, c);
    store_blocks(half, hn::UpperHalf(half, v), rows + hn::MaxLanes(half), c);
  }
}

/// Stores v, which holds columns c to c + 3, to all rows; v is overwritten.
HWY_INLINE void store_four_columns(hn::Vec<hn::ScalableTag<float>> (&v)[4], std::ptrdiff_t c,
                                   float* const* rows) {
  const hn::ScalableTag<float> tag;
  transpose_blocks(tag, v);
  for (std::ptrdiff_t i = 0; i < 4; ++i) store_blocks(tag, v[i], rows + i, c);
}

#endif

/// Tells whether the rows are moved in blocks.
template <class T>
HWY_INLINE bool moves_in_blocks(const MatrixView<T>& x) {
  return HWY_TARGET != HWY_SCALAR && std::is_same_v<std::remove_const_t<T>, float> &&
         x.col_stride == 1 && x.cols >= 4;
}

/// Writes where the rows of the lanes begin: rows [first, first + count), and row `first` for the
/// other lanes.
template <class T>
HWY_INLINE void find_rows(const MatrixView<T>& x, std::ptrdiff_t first, int count,
                          T* (&rows)[column_pitch]) {
  const int w = static_cast<int>(lanes(hn::ScalableTag<float>()));
  if (x.inner == 1 || first % x.inner + count <= x.inner) {
    const std::ptrdiff_t stride = x.inner == 1 ? x.row_stride : x.inner_stride;
    T* row = x.data + x.row_offset(first);
    for (int k = 0; k < w; ++k) rows[k] = k < count ? row + k * stride : row;
  } else {
    for (int k = 0; k < w; ++k) rows[k] = x.data + x.row_offset(first + (k < count ? k : 0));
  }
}

/// Copies rows [first, first + count) to columns, row `first` for the other lanes, and returns the
/// rows' maxima, in which a NaN is passed over.
template <class T>
HWY_INLINE hn::Vec<hn::ScalableTag<float>> load_columns(const MatrixView<const T>& x,
                                                        std::ptrdiff_t first, int count,
                                                        float* columns) {
  const hn::ScalableTag<float> tag;
  const int w = static_cast<int>(lanes(tag));
  if (lie_side_by_side(x, first, count))
    return load_side_by_side(x, first, count, column_pitch, columns);
#if HWY_TARGET != HWY_SCALAR
  if constexpr (std::is_same_v<T, float>) {
    if (moves_in_blocks(x)) {
      if (count == w && x.inner == 1) {
        const float* const row = x.data + first * x.row_stride;
        const std::ptrdiff_t stride = x.row_stride;
        const auto row_at = [=](std::ptrdiff_t k) HWY_ATTR { return row + k * stride; };
        return load_in_blocks(row_at, x.cols, columns);
      }
      const float* rows[column_pitch];
      find_rows(x, first, count, rows);
      return load_in_blocks([&rows](std::ptrdiff_t k) HWY_ATTR { return rows[k]; }, x.cols,
                            columns);
    }
  }
#endif
  for (int k = 0; k < w; ++k) {
    const VectorView<const T> row = x.row(first + (k < count ? k : 0));
    for (std::ptrdiff_t j = 0; j < row.size; ++j)
      columns[j * column_pitch + k] = static_cast<float>(row[j]);
  }
  auto m = hn::Set(tag, minus_infinity<float>);
  for (std::ptrdiff_t j = 0; j < x.cols; ++j)
    m = larger(m, hn::Load(tag, columns + j * column_pitch));
  return m;
}

/// Stores to row first + k of x, for each k < count whose bit in `wanted` is set, lane k of the
/// vectors column(j).
template <class T, class Column>
HWY_INLINE void store_columns(Column column, const MatrixView<T>& x, std::ptrdiff_t first,
                              int count, std::uint64_t wanted) {
  const hn::ScalableTag<float> tag;
  if (wanted == (std::uint64_t{1} << count) - 1 && lie_side_by_side(x, first, count))
    return store_side_by_side(column, x, first, count);
#if HWY_TARGET != HWY_SCALAR
  if constexpr (std::is_same_v<T, float>) {
    if (moves_in_blocks(x) && wanted == (std::uint64_t{1} << hn::Lanes(tag)) - 1) {
      float* rows[column_pitch];
      find_rows(x, first, count, rows);
      for (std::ptrdiff_t c = 0; c < x.cols; c += 4) {
        const std::ptrdiff_t begin = std::min(c, x.cols - 4);
        hn::Vec<decltype(tag)> v[4] = {column(begin), column(begin + 1), column(begin + 2),
                                       column(begin + 3)};
        store_four_columns(v, begin, rows);
      }
      return;
    }
  }
#endif
  for (std::ptrdiff_t j = 0; j < x.cols; ++j) {
    alignas(64) float of_rows[column_pitch];
    hn::Store(column(j), tag, of_rows);
    for (int k = 0; k < count; ++k)
      if ((wanted >> k & 1) != 0) x(first + k, j) = static_cast<T>(of_rows[k]);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
