// SPDX-License-Identifier: MIT
// LogitsAxes: an array of several axes as the matrix of its rows.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <xent/view.hpp>

namespace xent::tensors {

using Shape = std::vector<std::ptrdiff_t>;

/// "[600, 10]".
std::string to_string(const Shape& shape);

/// One axis is that of the classes; rows are counted in C order over all others.
class LogitsAxes {
 public:
  /// `class_axis` counts from the end where it is negative; without it, it is 1, or 0 where there
  /// is one axis only. Throws InvalidProblem where it is not an axis, and FileError, which names
  /// `place`, where there are no classes.
  LogitsAxes(Shape shape, std::optional<std::ptrdiff_t> class_axis, const std::string& place);

  const Shape& shape() const { return shape_; }          // of logits, probs and gradient
  const Shape& row_shape() const { return row_shape_; }  // of labels and losses
  std::ptrdiff_t rows() const { return rows_; }
  std::ptrdiff_t classes() const { return shape_[class_axis_]; }

  /// The matrix of the rows of an array of that shape. In Fortran order it has at most
  /// most_fortran_axes.
  template <class T>
  MatrixView<T> matrix(T* elements, bool fortran_order) const {
    const MatrixView<const std::byte> at = places(fortran_order);
    return {elements, at.rows, at.cols, at.row_stride, at.col_stride, at.inner, at.inner_stride};
  }

  /// A MatrixView has two strides for the rows: beside the classes there may be two axes that no
  /// single stride leads through.
  static constexpr std::size_t most_fortran_axes = 3;

 private:
  MatrixView<const std::byte> places(bool fortran_order) const;

  Shape shape_, row_shape_;
  std::size_t class_axis_ = 0;
  std::ptrdiff_t rows_ = 0;
};

}  // namespace xent::tensors
