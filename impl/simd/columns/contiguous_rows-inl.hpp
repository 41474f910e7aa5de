// SPDX-License-Identifier: MIT
// Moves contiguous rows, as many as a vector has lanes, to columns and back in blocks
// (simd/columns/transpose_blocks-inl.hpp); those of 16-bit types by way of rows of floats.

#if defined(XENT_IMPL_SIMD_COLUMNS_CONTIGUOUS_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_COLUMNS_CONTIGUOUS_ROWS_INL
#undef XENT_IMPL_SIMD_COLUMNS_CONTIGUOUS_ROWS_INL
#else
#define XENT_IMPL_SIMD_COLUMNS_CONTIGUOUS_ROWS_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <hwy/highway.h>

#include <xent/view.hpp>

#include "impl/driver/groups/group_size.hpp"
#include "impl/simd/columns/transpose_blocks-inl.hpp"
#include "impl/simd/lanes/conversions-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The type of the lanes that hold elements of T.
template <class T>
using LaneOf = std::conditional_t<sizeof(T) == 8, double, float>;
template <class T>
using ColumnOf = hn::Vec<hn::ScalableTag<LaneOf<T>>>;

/// Tells whether the rows are moved in blocks.
template <class T>
HWY_INLINE bool moves_in_blocks(const MatrixView<T>& x) {
  return HWY_TARGET != HWY_SCALAR && x.col_stride == 1 && x.cols >= block_side<LaneOf<T>>;
}

/// Writes where the rows of the lanes begin: rows [first, first + count), and row `first` for the
/// other lanes.
template <class T, std::size_t w>
HWY_INLINE void find_rows(const MatrixView<T>& x, std::ptrdiff_t first, int count, T* (&rows)[w]) {
  if (x.inner == 1 || first % x.inner + count <= x.inner) {
    const std::ptrdiff_t stride = x.inner == 1 ? x.row_stride : x.inner_stride;
    T* row = x.data + x.row_offset(first);
    for (int k = 0; k < static_cast<int>(w); ++k) rows[k] = k < count ? row + k * stride : row;
  } else {
    for (int k = 0; k < static_cast<int>(w); ++k)
      rows[k] = x.data + x.row_offset(first + (k < count ? k : 0));
  }
}

/// Writes value[k] as element y[k] of row first + k of x, for each k < count, at most a vector of
/// lanes, whose bit in `wanted` is set.
template <class T, class Value>
HWY_INLINE void put_elements(const MatrixView<T>& x, std::ptrdiff_t first, int count,
                             std::uint64_t wanted, const std::ptrdiff_t* y, const Value* value) {
  T* rows[hn::MaxLanes(hn::ScalableTag<LaneOf<T>>())];
  find_rows(x, first, count, rows);
  for (int k = 0; k < count; ++k)
    if ((wanted >> k & 1) != 0) rows[k][y[k] * x.col_stride] = static_cast<T>(value[k]);
}

inline constexpr std::ptrdiff_t piece_classes = 64;

/// Calls f(begin, n) for the pieces of rows of `cols` elements: all of them, or pieces of 64, the
/// last of which may lie over the one before.
template <class F>
HWY_INLINE void for_each_piece(std::ptrdiff_t cols, F f) {
  const std::ptrdiff_t n = std::min(cols, piece_classes);
  for (std::ptrdiff_t begin = 0; begin < cols; begin += n) f(std::min(begin, cols - n), n);
}

#if HWY_TARGET != HWY_SCALAR

/// Room for a piece of the rows of a vector as floats, into which and out of which 16-bit elements
/// are converted: whole vectors of them.
struct RowsOfFloats {
  static constexpr std::ptrdiff_t pitch = piece_classes + column_pitch;
  alignas(64) float elements[column_pitch * pitch];

  HWY_INLINE RowsOfFloats() = default;  // named, or g++ compiles it for the baseline
  HWY_INLINE float* row(std::ptrdiff_t k) { return elements + k * pitch; }
};

/// Copies rows that are moved in blocks to columns, and returns their maxima.
template <class T>
HWY_INLINE ColumnOf<T> load_contiguous(const MatrixView<const T>& x, std::ptrdiff_t first,
                                       int count, LaneOf<T>* columns) {
  constexpr std::ptrdiff_t w = pitch_of<LaneOf<T>>;
  if (sizeof(T) > 2 && count == w && x.inner == 1) {
    const T* const row = x.data + first * x.row_stride;
    const std::ptrdiff_t stride = x.row_stride;
    const bool fetches = x.cols > few_classes && stride == x.cols;
    if constexpr (sizeof(T) > 2)
      return load_in_blocks([=](std::ptrdiff_t k) HWY_ATTR { return row + k * stride; }, x.cols,
                            columns, fetches ? row + w * stride : nullptr);
  }
  const T* rows[hn::MaxLanes(hn::ScalableTag<LaneOf<T>>())];
  find_rows(x, first, count, rows);
  if constexpr (sizeof(T) > 2) {
    return load_in_blocks([&rows](std::ptrdiff_t k) HWY_ATTR { return rows[k]; }, x.cols, columns);
  } else {
    RowsOfFloats floats;
    auto m = hn::Set(hn::ScalableTag<float>(), minus_infinity<float>);
    for_each_piece(x.cols, [&](std::ptrdiff_t begin, std::ptrdiff_t n) HWY_ATTR {
      for (std::ptrdiff_t k = 0; k < w; ++k) widen(rows[k] + begin, n, floats.row(k));
      m = larger(m, load_in_blocks([&floats](std::ptrdiff_t k) HWY_ATTR { return floats.row(k); },
                                   n, columns + begin * w));
    });
    return m;
  }
}

/// Stores columns to `count` rows that are moved in blocks. Lanes without a row must hold what that
/// of row `first` holds.
template <class T, class Column>
HWY_INLINE void store_contiguous(Column column, const MatrixView<T>& x, std::ptrdiff_t first,
                                 int count) {
  constexpr std::ptrdiff_t w = pitch_of<LaneOf<T>>;
  T* rows[hn::MaxLanes(hn::ScalableTag<LaneOf<T>>())];
  find_rows(x, first, count, rows);
  if constexpr (sizeof(T) > 2) {
    store_in_blocks(column, x.cols, rows);
  } else {
    RowsOfFloats floats;
    float* of_floats[column_pitch];
    for (std::ptrdiff_t k = 0; k < w; ++k) of_floats[k] = floats.row(k);
    for_each_piece(x.cols, [&](std::ptrdiff_t begin, std::ptrdiff_t n) HWY_ATTR {
      store_in_blocks([&](std::ptrdiff_t j) HWY_ATTR { return column(begin + j); }, n, of_floats);
      for (std::ptrdiff_t k = 0; k < w; ++k) narrow(of_floats[k], n, rows[k] + begin);
    });
  }
}

#endif

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
