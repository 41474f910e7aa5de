// SPDX-License-Identifier: MIT
#include "tensors/element_order.hpp"

#include <utility>
#include <variant>

namespace xent::tensors {
namespace {

/// Those of a tensor in Fortran order, in C order.
template <class T>
std::vector<T> rearranged(std::span<const T> elements, std::span<const std::ptrdiff_t> shape) {
  const std::vector<std::ptrdiff_t> strides = strides_of(shape, true);
  std::vector<std::ptrdiff_t> index(shape.size());
  std::ptrdiff_t at = 0;  // the sum of index[k] * strides[k]
  std::vector<T> result;
  result.reserve(elements.size());
  while (result.size() < elements.size()) {
    result.push_back(elements[static_cast<std::size_t>(at)]);
    for (std::size_t k = shape.size(); k-- > 0;) {
      at += strides[k];
      if (++index[k] < shape[k]) break;
      at -= std::exchange(index[k], 0) * strides[k];
    }
  }
  return result;
}

}  // namespace

std::vector<std::ptrdiff_t> strides_of(std::span<const std::ptrdiff_t> shape, bool fortran_order) {
  std::vector<std::ptrdiff_t> strides(shape.size());
  std::ptrdiff_t stride = 1;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const std::size_t axis = fortran_order ? k : shape.size() - 1 - k;
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

Tensor c_order(Tensor tensor) {
  if (!tensor.fortran_order) return tensor;
  return std::visit(
      [&](const auto& elements) {
        return tensor_of(tensor.shape, rearranged(elements, tensor.shape));
      },
      tensor.data);
}

}  // namespace xent::tensors
