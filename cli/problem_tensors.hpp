// SPDX-License-Identifier: MIT
// The tensors of a problem and of its results, read from their files as they are wanted there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <xent/any_problem.hpp>

#include "cases/tensor.hpp"
#include "cli/logits_axes.hpp"

namespace xent::cli {

/// Each reads a tensor of one of the four element types; bit patterns (a 16-bit .npy) are taken for
/// `dtype_of_patterns`, "" where it is not known. Throws FileError. The first gives it in C order,
/// the second, for what LogitsAxes::matrix takes, as it is in the file where that can be.
cases::Tensor read_numbers(const std::string& place, const std::string& dtype_of_patterns);
cases::Tensor read_matrix(const std::string& place, const std::string& dtype_of_patterns);

/// Reads a tensor of int64 or int32, in C order. Throws FileError.
cases::Tensor read_integers(const std::string& place);

/// Those integers as int64.
std::vector<std::int64_t> to_int64(const cases::Tensor& tensor);

/// Throws FileError.
void require_shape(const cases::Tensor& tensor, const Shape& wanted, const std::string& place);

/// The elements of a tensor of numbers, as they lie.
AnyVector elements_of(const cases::Tensor& tensor);

}  // namespace xent::cli
