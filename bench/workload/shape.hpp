// SPDX-License-Identifier: MIT
// Shape: how many logits there are, and how they lie in memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <xent/view.hpp>

namespace xent::bench {

/// How a matrix [N, C] lies in memory:
///
///   rows          row after row without gaps; of more axes than two the classes are the last one
///   strided       every second element of rows twice as long, as the slice x[:, ::2]
///   class_axis_1  of more axes than two: [N, C, d1, d2, ...], as PyTorch has images
enum class Layout { rows, strided, class_axis_1 };

inline constexpr Layout all_layouts[] = {Layout::rows, Layout::strided, Layout::class_axis_1};

constexpr std::string_view to_string(Layout layout) {
  switch (layout) {
    case Layout::rows: return "rows";
    case Layout::strided: return "strided";
    case Layout::class_axis_1: return "class-axis-1";
  }
  return "";
}

/// A matrix of rows x classes. `inner` is the product of the axes behind the classes, d1 d2 ...,
/// which divides the rows; class_axis_1 needs one of at least 2.
struct Shape {
  std::ptrdiff_t rows = 1;
  std::ptrdiff_t classes = 1;
  std::ptrdiff_t inner = 1;
  Layout layout = Layout::rows;

  std::ptrdiff_t elements() const { return rows * classes; }

  /// The elements of the array that holds the matrix.
  std::ptrdiff_t size() const { return layout == Layout::strided ? 2 * elements() : elements(); }

  /// The matrix in an array of size() elements.
  template <class T>
  MatrixView<T> matrix(T* data) const {
    MatrixView<T> view = row_major(data, rows, classes);
    if (layout == Layout::strided) {
      view.row_stride = 2 * classes;
      view.col_stride = 2;
    } else if (layout == Layout::class_axis_1) {
      view.row_stride = classes * inner;
      view.col_stride = inner;
      view.inner = inner;
      view.inner_stride = 1;
    }
    return view;
  }

  friend bool operator==(const Shape&, const Shape&) = default;
};

/// "4096x10"; of more axes "4x21x262144", the axes behind the classes being one.
inline std::string to_string(const Shape& shape) {
  if (shape.inner == 1) return fmt::format("{}x{}", shape.rows, shape.classes);
  return fmt::format("{}x{}x{}", shape.rows / shape.inner, shape.classes, shape.inner);
}

}  // namespace xent::bench
