// SPDX-License-Identifier: MIT
// Makes views of tensors, or of copies of them.

#include "library/tensors/views.hpp"

#include <optional>

#include <xent/memory/footprint.hpp>

namespace xent::library {
namespace {

bool is_aligned(const Tensor& tensor) {
  return detail::address_of(tensor.data) % static_cast<std::uintptr_t>(tensor.element_size) == 0;
}

const std::byte* copy_of(const Tensor& tensor, int class_axis, Access access, Copies& copies) {
  return access == Access::read ? copies.of_input(tensor, class_axis)
                                : copies.for_output(tensor, class_axis);
}

}  // namespace

AnyMatrix matrix_of(const Tensor& tensor, DType dtype, const RowAxes& axes, Access access,
                    Copies& copies) {
  MatrixView<const std::byte> at{
      .rows = axes.rows, .cols = axes.classes, .row_stride = axes.classes};
  if (tensor.is_empty()) return {nullptr, dtype, at};
  const auto places = row_places(tensor, axes.class_axis, 2);
  if (!places || !is_aligned(tensor))
    return {copy_of(tensor, axes.class_axis, access, copies), dtype, at};
  at.row_stride = places->outer_stride;
  at.col_stride = tensor.strides[static_cast<std::size_t>(axes.class_axis)];
  at.inner = places->inner;
  at.inner_stride = places->inner_stride;
  return {tensor.data, dtype, at};
}

Line line_of(const Tensor& tensor, Access access, Copies& copies) {
  if (tensor.is_empty()) return {};
  const auto places = row_places(tensor, -1, 1);
  if (!places || !is_aligned(tensor)) return {copy_of(tensor, -1, access, copies), tensor.size};
  return {tensor.data, tensor.size, places->outer_stride};
}

AnyVector vector_of(const Tensor& tensor, DType dtype, Access access, Copies& copies) {
  const Line line = line_of(tensor, access, copies);
  return with_dtype(dtype, [&]<class T>(T) { return AnyVector(line.view<T>()); });
}

}  // namespace xent::library
