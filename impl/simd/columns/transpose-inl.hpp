// SPDX-License-Identifier: MIT
// Transposes as many rows as a vector has lanes to columns, and columns back to rows: the lanes are
// doubles for f64, else floats. Contiguous rows are moved in blocks
// (simd/columns/contiguous_rows-inl.hpp), and rows that lie side by side as they are
// (simd/columns/side_by_side-inl.hpp).

#if defined(XENT_IMPL_SIMD_COLUMNS_TRANSPOSE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_COLUMNS_TRANSPOSE_INL
#undef XENT_IMPL_SIMD_COLUMNS_TRANSPOSE_INL
#else
#define XENT_IMPL_SIMD_COLUMNS_TRANSPOSE_INL
#endif

#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include <xent/view.hpp>

#include "impl/simd/columns/contiguous_rows-inl.hpp"
#include "impl/simd/columns/side_by_side-inl.hpp"
#include "impl/simd/columns/transpose_blocks-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Copies one row to all lanes and returns its maximum, in which a NaN is passed over.
template <class T>
HWY_INLINE ColumnOf<T> load_row(VectorView<const T> row, LaneOf<T>* columns) {
  const hn::ScalableTag<LaneOf<T>> tag;
  auto m = hn::Set(tag, minus_infinity<LaneOf<T>>);
  for (std::ptrdiff_t j = 0; j < row.size; ++j) {
    const auto x = hn::Set(tag, static_cast<LaneOf<T>>(row[j]));
    hn::Store(x, tag, columns + j * pitch_of<LaneOf<T>>);
    m = larger(m, x);
  }
  return m;
}

/// Copies rows [first, first + count) to columns, row `first` for the other lanes, and returns the
/// rows' maxima, in which a NaN is passed over.
template <class T>
HWY_INLINE ColumnOf<T> load_columns(const MatrixView<const T>& x, std::ptrdiff_t first, int count,
                                    LaneOf<T>* columns) {
  const hn::ScalableTag<LaneOf<T>> tag;
  constexpr std::ptrdiff_t w = pitch_of<LaneOf<T>>;
  if (count == 1) return load_row(x.row(first), columns);
  if (lie_side_by_side(x, first, count)) return load_side_by_side(x, first, count, columns);
#if HWY_TARGET != HWY_SCALAR
  if (moves_in_blocks(x)) return load_contiguous(x, first, count, columns);
#endif
  for (std::ptrdiff_t k = 0; k < w; ++k) {
    const VectorView<const T> row = x.row(first + (k < count ? k : 0));
    for (std::ptrdiff_t j = 0; j < row.size; ++j)
      columns[j * w + k] = static_cast<LaneOf<T>>(row[j]);
  }
  auto m = hn::Set(tag, minus_infinity<LaneOf<T>>);
  for (std::ptrdiff_t j = 0; j < x.cols; ++j) m = larger(m, hn::Load(tag, columns + j * w));
  return m;
}

/// Stores to row first + k of x, for each k < count whose bit in `wanted` is set, lane k of the
/// vectors column(j).
template <class T, class Column>
HWY_INLINE void store_columns(Column column, const MatrixView<T>& x, std::ptrdiff_t first,
                              int count, std::uint64_t wanted) {
  const hn::ScalableTag<LaneOf<T>> tag;
  if (lie_side_by_side(x, first, count)) return store_side_by_side(column, x, first, count, wanted);
#if HWY_TARGET != HWY_SCALAR
  if (moves_in_blocks(x) && wanted == (std::uint64_t{1} << pitch_of<LaneOf<T>>)-1)
    return store_contiguous(column, x, first, count);
#endif
  for (std::ptrdiff_t j = 0; j < x.cols; ++j) {
    alignas(64) LaneOf<T> of_rows[hn::MaxLanes(tag)];
    hn::Store(column(j), tag, of_rows);
    for (int k = 0; k < count; ++k)
      if ((wanted >> k & 1) != 0) x(first + k, j) = static_cast<T>(of_rows[k]);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
