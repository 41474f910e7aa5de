// SPDX-License-Identifier: MIT
// The order in which a tensor's elements lie in memory.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "tensors/tensor.hpp"

namespace xent::tensors {

/// How many elements further the next of each axis is, in an array without gaps of that shape, in
/// Fortran order or else in C order; where a size is 0, some are 0. The product of the other sizes
/// is at most PTRDIFF_MAX, as it is in every file.
std::vector<std::ptrdiff_t> strides_of(std::span<const std::ptrdiff_t> shape, bool fortran_order);

/// The tensor with its elements in C order: itself where they are, and else its copy.
Tensor c_order(Tensor tensor);

}  // namespace xent::tensors
