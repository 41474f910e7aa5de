// SPDX-License-Identifier: MIT
// LaidOut: an array of a layout in a buffer of junk.
#pragma once

#include <cstring>
#include <tuple>
#include <utility>

#include "tests/support/nasty_batch.hpp"

namespace xent::tests {

/// A matrix of that layout, without data.
template <class V>
MatrixView<V> matrix_of(Layout layout, std::ptrdiff_t rows, std::ptrdiff_t cols) {
  using enum Layout;
  MatrixView<V> m{.rows = rows, .cols = cols, .row_stride = cols};
  if (layout == padded) m.row_stride = cols + 3;
  if (layout == transposed) std::tie(m.row_stride, m.col_stride) = std::tuple(1, rows);
  if (layout == backwards) std::tie(m.row_stride, m.col_stride) = std::tuple(-cols - 2, -1);
  if (layout == broadcast || layout == one_row) m.row_stride = 0;
  if (layout == many_axes)
    std::tie(m.row_stride, m.col_stride, m.inner, m.inner_stride) = std::tuple(3 * cols, 3, 3, 1);
  return m;
}

/// A vector of that layout as a matrix of one column.
template <class V>
MatrixView<V> vector_of(Layout layout, std::size_t size) {
  constexpr std::ptrdiff_t strides[] = {1, 2, 3, -1, 1, 1, 1, -2};
  return {.rows = static_cast<std::ptrdiff_t>(size),
          .cols = 1,
          .row_stride = strides[static_cast<int>(layout)]};
}

/// The view's elements in a buffer of junk, junk before and behind them. The views that it gives
/// live as long as it.
template <class V>
class LaidOut {
 public:
  LaidOut(MatrixView<V> places, V junk) : view_(places), junk_(junk) {
    std::ptrdiff_t first = 0;
    std::ptrdiff_t last = 0;
    for (std::ptrdiff_t i = 0; i < places.rows; ++i)
      for (const auto offset :
           {places.row_offset(i), places.row_offset(i) + (places.cols - 1) * places.col_stride}) {
        first = std::min(first, offset);
        last = std::max(last, offset);
      }
    constexpr std::ptrdiff_t margin = 5;
    buffer_.assign(static_cast<std::size_t>(last - first + 1 + 2 * margin), junk);
    view_.data = buffer_.data() + (margin - first);
  }
  LaidOut(MatrixView<V> places, V junk, const std::vector<V>& packed) : LaidOut(places, junk) {
    for (std::ptrdiff_t k = 0; k < std::ssize(packed); ++k)
      view_(k / view_.cols, k % view_.cols) = packed[static_cast<std::size_t>(k)];
  }
  LaidOut(const LaidOut&) = delete;
  LaidOut& operator=(const LaidOut&) = delete;
  ~LaidOut() = default;

  template <class U = V>
  MatrixView<U> matrix() const {
    return {view_.data,       view_.rows,  view_.cols,        view_.row_stride,
            view_.col_stride, view_.inner, view_.inner_stride};
  }
  template <class U = V>
  VectorView<U> vector() const {
    return {view_.data, view_.rows, view_.row_stride};
  }
  /// Takes the elements out, packed, and leaves junk in their places.
  std::vector<V> take() {
    std::vector<V> packed;
    for (std::ptrdiff_t i = 0; i < view_.rows; ++i)
      for (std::ptrdiff_t j = 0; j < view_.cols; ++j)
        packed.push_back(std::exchange(view_(i, j), junk_));
    return packed;
  }
  /// Whether every bit of the buffer is junk.
  bool is_junk() const {
    return std::all_of(buffer_.begin(), buffer_.end(),
                       // NOLINTNEXTLINE(bugprone-suspicious-memory-comparison): the bits are meant
                       [&](const V& x) { return std::memcmp(&x, &junk_, sizeof x) == 0; });
  }

 private:
  MatrixView<V> view_;
  V junk_;
  std::vector<V> buffer_;
};

}  // namespace xent::tests
