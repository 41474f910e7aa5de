// SPDX-License-Identifier: MIT
// Rows that lie side by side: element j of each row stands beside that of the next, as in a matrix
// whose classes are on axis 1 of more, so that memory holds columns already. They are loaded and
// stored as they lie.

#if defined(XENT_IMPL_SIMD_COLUMNS_SIDE_BY_SIDE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_COLUMNS_SIDE_BY_SIDE_INL
#undef XENT_IMPL_SIMD_COLUMNS_SIDE_BY_SIDE_INL
#else
#define XENT_IMPL_SIMD_COLUMNS_SIDE_BY_SIDE_INL
#endif

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <xent/view.hpp>

#include "impl/simd/columns/transpose_blocks-inl.hpp"
#include "impl/simd/lanes/conversions-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// How many columns the processor's own prefetcher follows at most (docs/performance.md).
inline constexpr std::ptrdiff_t followed_columns = 16;

/// Tells whether rows [first, first + count) of x lie side by side.
template <class T>
HWY_INLINE bool lie_side_by_side(const MatrixView<T>& x, std::ptrdiff_t first, int count) {
  if (x.inner == 1) return x.row_stride == 1;
  return x.inner_stride == 1 && first % x.inner + count <= x.inner;
}

/// Copies such rows, at most a vector of lanes, to columns, the first row for the other lanes, and
/// returns the rows' maxima, in which a NaN is passed over. Of many columns, which a processor does
/// not follow by itself, the next rows are fetched into the cache.
template <class T, class Lane>
HWY_INLINE hn::Vec<hn::ScalableTag<Lane>> load_side_by_side(const MatrixView<const T>& x,
                                                            std::ptrdiff_t first, int count,
                                                            Lane* columns) {
  const hn::ScalableTag<Lane> tag;
  const bool is_whole = count == static_cast<int>(lanes(tag));
  const T* p = x.data + x.row_offset(first);
  const bool fetches = x.cols > followed_columns;
  auto m = hn::Set(tag, minus_infinity<Lane>);
  for (std::ptrdiff_t j = 0; j < x.cols; ++j, p += x.col_stride) {
    if (fetches) hwy::Prefetch(p + lanes(tag));
    Lane* const column = columns + j * pitch_of<Lane>;
    if constexpr (std::is_same_v<T, Lane>) {
      hn::Store(is_whole ? hn::LoadU(tag, p) : load_padded(tag, p, count, *p), tag, column);
    } else {
      widen(p, count, column);
      std::fill(column + count, column + pitch_of<Lane>, column[0]);
    }
    m = larger(m, hn::Load(tag, column));
  }
  return m;
}

/// Stores the first `count` lanes of column(j), for each j, to such rows.
template <class T, class Column>
HWY_INLINE void store_side_by_side(Column column, const MatrixView<T>& x, std::ptrdiff_t first,
                                   int count) {
  using Lane = hn::TFromV<decltype(column(0))>;
  const hn::ScalableTag<Lane> tag;
  const bool is_whole = count == static_cast<int>(lanes(tag));
  T* p = x.data + x.row_offset(first);
  for (std::ptrdiff_t j = 0; j < x.cols; ++j, p += x.col_stride) {
    if constexpr (std::is_same_v<T, Lane>) {
      if (is_whole)
        hn::StoreU(column(j), tag, p);
      else
        store_first(tag, column(j), p, count);
    } else {
      alignas(64) float of_rows[hn::MaxLanes(tag)];
      hn::Store(column(j), tag, of_rows);
      narrow(of_rows, count, p);
    }
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
