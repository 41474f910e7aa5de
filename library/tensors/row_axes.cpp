// SPDX-License-Identifier: MIT
// The axes of a tensor as rows and classes.

#include "library/tensors/row_axes.hpp"

#include <string>

#include "library/arguments/fault.hpp"

namespace xent::library {
namespace {

int the_class_axis(int axes, std::int32_t given) {
  if (axes == 0) refuse("logits", "has no axes; [C], [N, C] or [N, C, d1, ...] is wanted");
  if (given == 0) return axes == 1 ? 0 : 1;
  if (given < -axes || given >= axes)
    refuse("class_axis", std::to_string(given) + " is no axis of logits " + std::to_string(axes) +
                             "-dimensional");
  return given < 0 ? given + axes : given;
}

[[noreturn]] void wrong_shape(const Tensor& tensor, const std::string& wanted) {
  refuse(tensor.field,
         "has the shape " + shape_text(tensor.shape, tensor.axes) + ", not " + wanted);
}

}  // namespace

RowAxes::RowAxes(const Tensor& of_logits, std::int32_t given)
    : logits(&of_logits), class_axis(the_class_axis(of_logits.axes, given)) {
  classes = of_logits.shape[class_axis];
  if (classes < 1)
    refuse("logits", "has no classes: axis " + std::to_string(class_axis) + " has the size 0");
  rows = of_logits.size / classes;
}

void RowAxes::require_shape_of_logits(const Tensor& tensor) const {
  bool is_same = tensor.axes == logits->axes;
  for (int k = 0; is_same && k < tensor.axes; ++k) is_same = tensor.shape[k] == logits->shape[k];
  if (!is_same)
    wrong_shape(tensor, shape_text(logits->shape, logits->axes) + ", which is that of the logits");
}

void RowAxes::require_shape_of_rows(const Tensor& tensor) const {
  const int axes = logits->axes - 1;
  bool is_same = tensor.axes == axes;
  for (int k = 0; is_same && k < axes; ++k)
    is_same = tensor.shape[k] == logits->shape[k < class_axis ? k : k + 1];
  if (is_same) return;
  std::string wanted;
  for (int k = 0; k < axes; ++k)
    wanted += (k == 0 ? "" : ", ") + std::to_string(logits->shape[k < class_axis ? k : k + 1]);
  wrong_shape(tensor, "[" + wanted + "], which is that of the logits without the classes");
}

std::optional<RowPlaces> row_places(const Tensor& tensor, int class_axis, int most) {
  std::int64_t sizes[2] = {1, 1};  // the innermost first
  std::int64_t strides[2] = {0, 0};
  int count = 0;
  for (int k = tensor.axes; k-- > 0;) {
    const std::int64_t size = tensor.shape[k];
    if (k == class_axis || size == 1) continue;
    const std::int64_t stride = tensor.strides[static_cast<std::size_t>(k)];
    if (count > 0 && stride == strides[count - 1] * sizes[count - 1]) {
      sizes[count - 1] *= size;
    } else {
      if (count == most) return std::nullopt;
      sizes[count] = size;
      strides[count++] = stride;
    }
  }
  if (count < 2) return RowPlaces{.outer_stride = strides[0]};
  return RowPlaces{.outer_stride = strides[1], .inner = sizes[0], .inner_stride = strides[0]};
}

}  // namespace xent::library
