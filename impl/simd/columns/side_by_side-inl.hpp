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
#include <cstdint>
#include <type_traits>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <xent/view.hpp>

#include "impl/simd/columns/transpose_blocks-inl.hpp"
#include "impl/simd/lanes/conversions-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
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

/// Stores the first `count` lanes of v at p.
template <class V, class T>
HWY_INLINE void store_row_lanes(V v, int count, T* p) {
  using Lane = hn::TFromV<V>;
  const hn::ScalableTag<Lane> tag;
  if constexpr (std::is_same_v<T, Lane>) {
    if (count == pitch_of<Lane>)
      hn::StoreU(v, tag, p);
    else
      store_first(tag, v, p, count);
  } else {
    alignas(64) Lane of_rows[hn::MaxLanes(tag)];
    hn::Store(v, tag, of_rows);
    narrow(of_rows, count, p);
  }
}

/// Stores those of the first `count` lanes of v whose bits in `wanted` are set at p. Of a whole
/// vector the elements of the others are written again as they are, on some instruction sets: no
/// other thread may have them.
template <class V, class T>
HWY_INLINE void store_wanted_lanes(V v, int count, std::uint64_t wanted, T* p) {
  using Lane = hn::TFromV<V>;
  const hn::ScalableTag<Lane> tag;
  if constexpr (std::is_same_v<T, Lane>)
    if (count == pitch_of<Lane>) return hn::BlendedStore(v, mask_of_bits(tag, wanted), tag, p);
  alignas(64) Lane of_rows[hn::MaxLanes(tag)];
  hn::Store(v, tag, of_rows);
  for (int k = 0; k < count; ++k)
    if ((wanted >> k & 1) != 0) p[k] = static_cast<T>(of_rows[k]);
}

/// Stores those of the first `count` lanes of column(j), for each j, whose bits in `wanted` are set
/// to such rows.
template <class T, class Column>
HWY_INLINE void store_side_by_side(Column column, const MatrixView<T>& x, std::ptrdiff_t first,
                                   int count, std::uint64_t wanted) {
  const bool wants_all = wanted == ~std::uint64_t{0} >> (64 - count);
  T* p = x.data + x.row_offset(first);
  for (std::ptrdiff_t j = 0; j < x.cols; ++j, p += x.col_stride) {
    if (wants_all)
      store_row_lanes(column(j), count, p);
    else
      store_wanted_lanes(column(j), count, wanted, p);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
