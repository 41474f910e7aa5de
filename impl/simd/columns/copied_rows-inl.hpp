// SPDX-License-Identifier: MIT
// Copies of a few rows of a matrix in which each row is contiguous, where the matrix has them side
// by side: made and put back by whole vectors of each column.

#if defined(XENT_IMPL_SIMD_COLUMNS_COPIED_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_COLUMNS_COPIED_ROWS_INL
#undef XENT_IMPL_SIMD_COLUMNS_COPIED_ROWS_INL
#else
#define XENT_IMPL_SIMD_COLUMNS_COPIED_ROWS_INL
#endif

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include <xent/view.hpp>

#include "impl/driver/groups/group_size.hpp"
#include "impl/simd/columns/transpose-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns columns [begin, begin + n) of x.
template <class T>
HWY_INLINE MatrixView<T> columns_of(MatrixView<T> x, std::ptrdiff_t begin, std::ptrdiff_t n) {
  x.data += begin * x.col_stride;
  x.cols = n;
  return x;
}

/// Returns how many rows from row i on lie at one distance from each other.
template <class T>
HWY_INLINE std::ptrdiff_t rows_alike(const MatrixView<T>& x, std::ptrdiff_t i) {
  return x.inner == 1 ? x.rows - i : x.inner - i % x.inner;
}

/// Calls move(i, n, j, classes) for pieces of `count` rows from row `first` of x on: the n rows from
/// row i on, at most a vector of them, which lie alike, and the classes from class j on, at most 64
/// of them.
template <class T, class Move>
HWY_INLINE void for_each_tile(const MatrixView<T>& x, std::ptrdiff_t first, int count, Move move) {
  constexpr std::ptrdiff_t w = pitch_of<LaneOf<T>>;
  const std::ptrdiff_t end = first + count;
  for (std::ptrdiff_t i = first; i < end;) {
    const auto n = static_cast<int>(std::min({w, end - i, rows_alike(x, i)}));
    for_each_piece(
        x.cols, [&](std::ptrdiff_t j, std::ptrdiff_t classes) HWY_ATTR { move(i, n, j, classes); });
    i += n;
  }
}

/// Copies of the rows of a group, which begins at a multiple of its size: the copy of row i is row
/// i mod that size of the array, which has 256 KiB.
template <class T>
class CopiedRows {
  static constexpr std::ptrdiff_t line = 64 / sizeof(T);  // elements
  /// How many classes of most_swept rows are copied; half as many rows may have twice as many.
  static constexpr std::ptrdiff_t most_classes =
      sizeof(T) == 8 ? medium_row_classes / 2 : medium_row_classes;

 public:
  HWY_INLINE CopiedRows() = default;  // named, or g++ compiles it for the baseline

  /// Copies rows [first, first + count) of x. Each begins on another line of the cache.
  HWY_INLINE void copy(const MatrixView<const T>& x, std::ptrdiff_t first, int count) {
    const int rows = group_size(x.cols, lanes_of<T>(false));
    assert(first % rows + count <= rows && few_classes < x.cols && x.cols <= medium_row_classes);
    rows_ = {.data = &elements_[0],
             .rows = x.rows,
             .cols = x.cols,
             .inner = rows,
             .inner_stride = (x.cols / line | 1) * line + 2 * line};
    for_each_tile(x, first, count,
                  [&](std::ptrdiff_t i, int n, std::ptrdiff_t j, std::ptrdiff_t classes) HWY_ATTR {
                    (void)load_columns(columns_of(x, j, classes), i, n, columns_);
                    store_alike(columns_of(rows_, j, classes), i, n);
                  });
  }

  /// Copies those rows first + k back to g whose bit k in `wanted` is set.
  HWY_INLINE void put(const MatrixView<T>& g, std::ptrdiff_t first, int count,
                      std::uint64_t wanted) {
    for_each_tile(g, first, count,
                  [&](std::ptrdiff_t i, int n, std::ptrdiff_t j, std::ptrdiff_t classes) HWY_ATTR {
                    (void)load_columns(columns_of(view(), j, classes), i, n, columns_);
                    const std::uint64_t all = (std::uint64_t{1} << n) - 1;
                    store_columns(column(), columns_of(g, j, classes), i, n,
                                  wanted >> (i - first) & all);
                  });
  }

  /// Return the matrix of the copies, in which row i has its index still.
  const MatrixView<T>& rows() const { return rows_; }
  MatrixView<const T> view() const {
    return {.data = rows_.data,
            .rows = rows_.rows,
            .cols = rows_.cols,
            .inner = rows_.inner,
            .inner_stride = rows_.inner_stride};
  }

 private:
  HWY_INLINE auto column() const {
    return [this](std::ptrdiff_t j) HWY_ATTR {
      return hn::Load(hn::ScalableTag<LaneOf<T>>(), columns_ + j * pitch_of<LaneOf<T>>);
    };
  }

  /// Stores the columns to rows [first, first + n) of x. The lanes without a row hold that of row
  /// `first`, which is stored again.
  HWY_INLINE void store_alike(const MatrixView<T>& x, std::ptrdiff_t first, int n) {
#if HWY_TARGET == HWY_SCALAR
    store_columns(column(), x, first, n, 1);
#else
    store_contiguous(column(), x, first, n);
#endif
  }

  MatrixView<T> rows_;
  alignas(64) LaneOf<T> columns_[piece_classes * pitch_of<LaneOf<T>>];
  alignas(64) T elements_[static_cast<std::size_t>(most_swept * (most_classes + 3 * line))];
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
