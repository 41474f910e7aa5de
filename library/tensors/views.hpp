// SPDX-License-Identifier: MIT
// Tensors as the views that kernels and the reference take.
#pragma once

#include <cstdint>

#include <xent/any_problem.hpp>

#include "library/tensors/copies.hpp"
#include "library/tensors/row_axes.hpp"
#include "library/tensors/tensor.hpp"

namespace xent::library {

/// What is done with the elements of a view.
enum class Access { read, write };

/// Returns a tensor of the shape of the logits as the matrix of its rows; where no view leads to its
/// elements, that of a copy.
AnyMatrix matrix_of(const Tensor& tensor, DType dtype, const RowAxes& axes, Access access,
                    Copies& copies);

/// The elements of a tensor, in C order of its axes.
struct Line {
  const std::byte* data = nullptr;
  std::ptrdiff_t size = 0;
  std::ptrdiff_t stride = 1;

  template <class T>
  VectorView<const T> view() const {
    return {reinterpret_cast<const T*>(data), size, stride};
  }
};

/// Returns them where they lie; where no one stride leads through them, in a copy.
Line line_of(const Tensor& tensor, Access access, Copies& copies);

/// Returns them as numbers of that element type.
AnyVector vector_of(const Tensor& tensor, DType dtype, Access access, Copies& copies);

}  // namespace xent::library
