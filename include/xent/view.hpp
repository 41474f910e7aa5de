// SPDX-License-Identifier: MIT
// Views are strided arrays of rank 1 and 2 that own nothing.
#pragma once

#include <cassert>
#include <cstddef>

namespace xent {

/// A view of `size` elements; element j is `data[j * stride]`. Strides are in elements and may have
/// any sign, or be zero (broadcast). A null `data` means that the array is absent; the size is 0
/// then.
template <class T>
struct VectorView {
  T* data = nullptr;
  std::ptrdiff_t size = 0;
  std::ptrdiff_t stride = 1;

  T& operator[](std::ptrdiff_t j) const {
    assert(0 <= j && j < size);
    return data[j * stride];
  }
  bool contiguous() const { return stride == 1 || size <= 1; }
};

/// A view of `rows` x `cols` elements; element (i, j) is
///
///   data[(i / inner) * row_stride + (i % inner) * inner_stride + j * col_stride]
///
/// with strides as in VectorView. An array [N, C] has inner = 1. An array of more axes,
/// [N, C, d1, ..., dk] with the classes on any of them, is the matrix of its rows (n, d1, ..., dk)
/// in C order, with inner = d1 ... dk.
template <class T>
struct MatrixView {
  T* data = nullptr;
  std::ptrdiff_t rows = 0;
  std::ptrdiff_t cols = 0;
  std::ptrdiff_t row_stride = 0;
  std::ptrdiff_t col_stride = 1;
  std::ptrdiff_t inner = 1;
  std::ptrdiff_t inner_stride = 0;

  T& operator()(std::ptrdiff_t i, std::ptrdiff_t j) const {
    assert(0 <= j && j < cols);
    return data[row_offset(i) + j * col_stride];
  }
  /// Returns row i [cols], absent where the matrix is.
  VectorView<T> row(std::ptrdiff_t i) const {
    return {data == nullptr ? nullptr : data + row_offset(i), cols, col_stride};
  }
  /// Returns where row i begins, in elements from data.
  std::ptrdiff_t row_offset(std::ptrdiff_t i) const {
    assert(0 <= i && i < rows);
    if (inner == 1) return i * row_stride;
    return i / inner * row_stride + i % inner * inner_stride;
  }
};

/// Returns a view of `rows` x `cols` elements that are stored row after row without gaps.
template <class T>
MatrixView<T> row_major(T* data, std::ptrdiff_t rows, std::ptrdiff_t cols) {
  return {.data = data, .rows = rows, .cols = cols, .row_stride = cols, .col_stride = 1};
}

}  // namespace xent
