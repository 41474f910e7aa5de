// SPDX-License-Identifier: MIT
// LogitsAxes: an array of several axes as the matrix of its rows.

#include "tensors/logits_axes.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <xent/environment.hpp>

#include "system/output_file.hpp"
#include "tensors/element_order.hpp"
#include "tensors/tensor.hpp"

namespace xent::tensors {
namespace {

/// An axis, or several that one stride leads through.
struct Axis {
  std::ptrdiff_t size = 1;
  std::ptrdiff_t stride = 0;
};

}  // namespace

std::string to_string(const Shape& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

LogitsAxes::LogitsAxes(Shape shape, std::optional<std::ptrdiff_t> class_axis,
                       const std::string& place)
    : shape_(std::move(shape)) {
  const auto axes = std::ssize(shape_);
  if (axes == 0) throw FileError(place, "is one number; logits have a class axis");
  std::ptrdiff_t axis = class_axis.value_or(axes == 1 ? 0 : 1);
  if (axis < 0) axis += axes;
  if (axis < 0 || axis >= axes)
    throw InvalidProblem(
        fmt::format("class axis {} is not an axis of {}", *class_axis, to_string(shape_)));
  class_axis_ = static_cast<std::size_t>(axis);
  if (classes() == 0) throw FileError(place, "has no classes");
  row_shape_ = shape_;
  row_shape_.erase(row_shape_.begin() + axis);
  rows_ = static_cast<std::ptrdiff_t>(tensors::product(1, row_shape_).value());
}

MatrixView<const std::byte> LogitsAxes::places(bool fortran_order) const {
  const std::vector<std::ptrdiff_t> strides = tensors::strides_of(shape_, fortran_order);
  std::vector<Axis> of_rows;
  for (std::size_t k = 0; k < shape_.size(); ++k) {
    if (k == class_axis_) continue;
    const Axis axis{.size = shape_[k], .stride = strides[k]};
    if (!of_rows.empty() && of_rows.back().stride == axis.size * axis.stride)
      of_rows.back() = {.size = of_rows.back().size * axis.size, .stride = axis.stride};
    else
      of_rows.push_back(axis);
  }
  assert(of_rows.size() <= 2);
  of_rows.resize(2);
  const Axis outer = of_rows[0];
  const Axis inner = of_rows[1];
  return {.rows = rows_,
          .cols = classes(),
          .row_stride = outer.stride,
          .col_stride = strides[class_axis_],
          .inner = std::max<std::ptrdiff_t>(inner.size, 1),
          .inner_stride = inner.stride};
}

}  // namespace xent::tensors
