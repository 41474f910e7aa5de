// SPDX-License-Identifier: MIT
// Tensors from .npy files, with their types and shapes checked.

#include "cli/tensors.hpp"

#include <type_traits>

#include <fmt/format.h>

#include <xent/output_file.hpp>

namespace xent::cli {

using cases::Tensor;

Tensor read_matrix(const std::string& path) {
  Tensor tensor = cases::read_npy(path);
  if (tensor.element() != Tensor::Element::f32 && tensor.element() != Tensor::Element::f64)
    throw FileError(path, "holds integers; '<f4' or '<f8' is wanted here");
  if (tensor.shape.size() != 2)
    throw FileError(path, fmt::format("has {} axes; [N, C] is wanted", tensor.shape.size()));
  return tensor;
}

Tensor read_labels(const std::string& path) {
  Tensor tensor = cases::read_npy(path);
  if (tensor.element() != Tensor::Element::i64 && tensor.element() != Tensor::Element::i32)
    throw FileError(path, "holds no integers; labels are '<i8' or '<i4'");
  if (tensor.shape.size() != 1)
    throw FileError(path, fmt::format("has {} axes; labels [N] are wanted", tensor.shape.size()));
  return tensor;
}

template <class T>
Targets<T> targets_of(const Tensor& tensor, const std::string& path) {
  constexpr auto own = std::is_same_v<T, float> ? Tensor::Element::f32 : Tensor::Element::f64;
  switch (tensor.element()) {
    case Tensor::Element::i32:
      return Labels<std::int32_t>{tensor.as<std::int32_t>().data(), tensor.shape[0], 1};
    case Tensor::Element::i64:
      return Labels<std::int64_t>{tensor.as<std::int64_t>().data(), tensor.shape[0], 1};
    default:
      if (tensor.element() != own) throw FileError(path, "has not the element type of the logits");
      return Probs<T>(row_major(tensor.as<T>().data(), tensor.shape[0], tensor.shape[1]));
  }
}

template Targets<float> targets_of<float>(const Tensor&, const std::string&);
template Targets<double> targets_of<double>(const Tensor&, const std::string&);

}  // namespace xent::cli
