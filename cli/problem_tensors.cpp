// SPDX-License-Identifier: MIT
// The tensors of a problem and of its results, read from their files as they are wanted there.

#include "cli/problem_tensors.hpp"

#include <utility>
#include <variant>

#include <fmt/format.h>

#include <xent/output_file.hpp>

#include "cases/element_order.hpp"
#include "cases/tensor_file.hpp"
#include "cli/select.hpp"

namespace xent::cli {
namespace {

using cases::Tensor;

bool has_integers(const Tensor& tensor) {
  return tensor.element() == Tensor::Element::i64 || tensor.element() == Tensor::Element::i32;
}

/// Of one of the four element types.
Tensor read_in_any_order(const std::string& place, const std::string& dtype_of_patterns) {
  Tensor tensor = cases::read_tensor(place);
  if (tensor.element() == Tensor::Element::u16) {
    if (dtype_of_patterns.empty())
      throw FileError(place, "holds 16-bit patterns: --logits-dtype says what they stand for");
    return cases::as_dtype(std::move(tensor), the_dtype(dtype_of_patterns), place);
  }
  if (has_integers(tensor)) throw FileError(place, "holds integers; numbers are wanted here");
  return tensor;
}

}  // namespace

Tensor read_numbers(const std::string& place, const std::string& dtype_of_patterns) {
  return cases::c_order(read_in_any_order(place, dtype_of_patterns));
}

Tensor read_matrix(const std::string& place, const std::string& dtype_of_patterns) {
  Tensor tensor = read_in_any_order(place, dtype_of_patterns);
  if (tensor.shape.size() <= LogitsAxes::most_fortran_axes) return tensor;
  return cases::c_order(std::move(tensor));
}

Tensor read_integers(const std::string& place) {
  Tensor tensor = cases::read_tensor(place);
  if (!has_integers(tensor))
    throw FileError(place, fmt::format("holds {}; int64 or int32 is wanted here",
                                       cases::to_string(tensor.element())));
  return cases::c_order(std::move(tensor));
}

std::vector<std::int64_t> to_int64(const Tensor& tensor) {
  if (tensor.element() == Tensor::Element::i64) {
    const auto values = tensor.as<std::int64_t>();
    return {values.begin(), values.end()};
  }
  const auto values = tensor.as<std::int32_t>();
  return {values.begin(), values.end()};
}

void require_shape(const Tensor& tensor, const Shape& wanted, const std::string& place) {
  if (tensor.shape != wanted)
    throw FileError(
        place, fmt::format("has the shape {}, not {}", to_string(tensor.shape), to_string(wanted)));
}

AnyVector elements_of(const Tensor& tensor) {
  AnyVector elements;
  elements.dtype = tensor.dtype().value_or(DType::f32);
  elements.size = static_cast<std::ptrdiff_t>(tensor.size());
  std::visit([&](const auto& values) { elements.data = values.data(); }, tensor.data);
  return elements;
}

}  // namespace xent::cli
