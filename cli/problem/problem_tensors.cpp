// SPDX-License-Identifier: MIT
// The tensors of a problem and of its results, read from their files as they are wanted there.

#include "cli/problem/problem_tensors.hpp"

#include <utility>
#include <variant>

#include <fmt/format.h>

#include "cli/options/select.hpp"
#include "system/output_file.hpp"
#include "tensors/element_order.hpp"
#include "tensors/tensor_file.hpp"

namespace xent::cli {
namespace {

using tensors::Tensor;

/// 16-bit patterns, or integers that may be some, as numbers.
Tensor numbers_of_patterns(Tensor tensor, const std::string& place, const StatedDtype& dtype) {
  const std::string& type = dtype.stated.empty() ? dtype.otherwise : dtype.stated;
  std::string found = "holds 16-bit patterns";
  if (dtype.of_integers && dtype.stated.empty() && tensor.has_integers()) {
    found = tensors::beyond_one(tensor);
    if (found.empty()) return tensors::as_exact_numbers(tensor, *dtype.of_integers, place);
    found += ", neither 0 nor 1, so the file holds 16-bit patterns";
  }
  if (type.empty())
    throw FileError(place, fmt::format("{}: {} says what they stand for, {}", found, dtype.option,
                                       dtype_names(2)));
  return tensors::as_dtype(std::move(tensor), the_dtype(type), place);
}

/// The tensor of a place with one of the element types of logits, in any order.
Tensor as_numbers(Tensor tensor, const std::string& place, const StatedDtype& dtype) {
  if (tensor.has_patterns()) return numbers_of_patterns(std::move(tensor), place, dtype);
  if (tensor.has_integers() && !dtype.of_integers)
    throw FileError(place, fmt::format("holds integers ({}); numbers are wanted here",
                                       tensors::to_string(tensor.element())));
  if (!dtype.stated.empty() && tensor.dtype() != the_dtype(dtype.stated))
    throw FileError(place,
                    fmt::format("holds {}, not {} as {} says", tensors::to_string(tensor.element()),
                                dtype.stated, dtype.option));
  if (tensor.has_integers()) return tensors::as_exact_numbers(tensor, *dtype.of_integers, place);
  return tensor;
}

}  // namespace

Tensor read_numbers(const std::string& place, const StatedDtype& dtype) {
  return tensors::c_order(as_numbers(tensors::read_tensor(place), place, dtype));
}

Tensor read_matrix(const std::string& place, const StatedDtype& dtype) {
  return as_matrix(tensors::read_tensor(place), place, dtype);
}

Tensor as_matrix(Tensor tensor, const std::string& place, const StatedDtype& dtype) {
  tensor = as_numbers(std::move(tensor), place, dtype);
  if (tensor.shape.size() <= tensors::LogitsAxes::most_fortran_axes) return tensor;
  return tensors::c_order(std::move(tensor));
}

Tensor read_integers(const std::string& place) {
  Tensor tensor = tensors::read_tensor(place);
  if (!tensor.has_integers())
    throw FileError(place, fmt::format("holds {}; integers are wanted here",
                                       tensors::to_string(tensor.element())));
  return tensors::as_int32_or_int64(tensors::c_order(std::move(tensor)), place);
}

std::vector<std::int64_t> to_int64(const Tensor& tensor) {
  if (tensor.element() == Tensor::Element::i64) {
    const auto values = tensor.as<std::int64_t>();
    return {values.begin(), values.end()};
  }
  const auto values = tensor.as<std::int32_t>();
  return {values.begin(), values.end()};
}

void require_shape(const Tensor& tensor, const Shape& wanted, const std::string& place,
                   const std::string& advice) {
  if (tensor.shape != wanted)
    throw FileError(place,
                    fmt::format("has the shape {}, not {}{}", tensors::to_string(tensor.shape),
                                tensors::to_string(wanted), advice));
}

AnyVector elements_of(const Tensor& tensor) {
  AnyVector elements;
  elements.dtype = tensor.dtype().value_or(DType::f32);
  elements.size = static_cast<std::ptrdiff_t>(tensor.size());
  std::visit([&](const auto& values) { elements.data = values.data(); }, tensor.data);
  return elements;
}

}  // namespace xent::cli
