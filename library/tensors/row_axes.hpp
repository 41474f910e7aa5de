// SPDX-License-Identifier: MIT
// The axes of the logits: that of the classes, and those of the rows, which are counted over them
// in C order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include <xent/any_problem.hpp>

#include "library/tensors/tensor.hpp"

namespace xent::library {

/// Which axis is which.
struct RowAxes {
  const Tensor* logits = nullptr;
  int class_axis = 0;
  std::int64_t rows = 0;     // N d1 ...
  std::int64_t classes = 0;  // C

  RowAxes() = default;
  /// Throws Fault where the tensor, of the caller's `class_axis`, is not that of logits.
  RowAxes(const Tensor& of_logits, std::int32_t class_axis);

  /// These throw Fault where the tensor has not the shape of the logits, or that of the rows, which
  /// is theirs without the axis of the classes.
  void require_shape_of_logits(const Tensor& tensor) const;
  void require_shape_of_rows(const Tensor& tensor) const;
};

/// Where the rows of a tensor lie, in elements: (i / inner) outer_stride + (i % inner) inner_stride.
struct RowPlaces {
  std::ptrdiff_t outer_stride = 0;
  std::ptrdiff_t inner = 1;
  std::ptrdiff_t inner_stride = 0;
};

/// Returns where the rows lie that are counted over all axes but `class_axis`, -1 where there is
/// none; nothing where more than `most` strides, 1 or 2, lead to them. The tensor is not empty.
std::optional<RowPlaces> row_places(const Tensor& tensor, int class_axis, int most);

}  // namespace xent::library
