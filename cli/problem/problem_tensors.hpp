// SPDX-License-Identifier: MIT
// The tensors of a problem and of its results, read from their files as they are wanted there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <xent/any_problem.hpp>

#include "tensors/logits_axes.hpp"
#include "tensors/tensor.hpp"

namespace xent::cli {

using tensors::Shape;

/// What the options say of the element type of a file.
struct StatedDtype {
  std::string option;          // that states it, "--loss-dtype"
  std::string stated;          // its value, "": not told
  std::string otherwise = {};  // where it is not told: what bit patterns stand for, "": not known
  std::optional<DType> of_integers = {};  // integers are numbers of that type; nothing: a fault
};

/// Each reads a tensor of one of the four element types; 16-bit patterns and integers are taken for
/// the stated type. Where integers may be numbers, those of 16 bits are where all are 0 or 1 and
/// the type is not told. Throws FileError, also where the elements are of another type than is
/// stated. The first gives it in C order, the second, for what tensors::LogitsAxes::matrix takes,
/// as it is in the file where that can be.
tensors::Tensor read_numbers(const std::string& place, const StatedDtype& dtype);
tensors::Tensor read_matrix(const std::string& place, const StatedDtype& dtype);

/// What read_matrix makes of the tensor of that place.
tensors::Tensor as_matrix(tensors::Tensor tensor, const std::string& place,
                          const StatedDtype& dtype);

/// Reads a tensor of integers of any width or truth values, as int64 or int32, in C order. Throws
/// FileError, also where a value is no int64.
tensors::Tensor read_integers(const std::string& place);

/// Those integers as int64.
std::vector<std::int64_t> to_int64(const tensors::Tensor& tensor);

/// Throws FileError, whose message ends in the advice.
void require_shape(const tensors::Tensor& tensor, const Shape& wanted, const std::string& place,
                   const std::string& advice);

/// The elements of a tensor of numbers, as they lie.
AnyVector elements_of(const tensors::Tensor& tensor);

/// A tensor of that many numbers of a type, which it owns, each of them of(k) rounded once.
template <class Of>
tensors::Tensor tensor_of(DType dtype, std::size_t size, Of of) {
  return with_dtype(dtype, [&]<class T>(T) {
    const auto numbers = std::make_shared<std::vector<T>>(size);
    for (std::size_t k = 0; k < size; ++k) (*numbers)[k] = static_cast<T>(of(k));
    return tensors::Tensor{.shape = {static_cast<std::ptrdiff_t>(size)},
                           .data = std::span<const T>(*numbers),
                           .owner = numbers};
  });
}

}  // namespace xent::cli
