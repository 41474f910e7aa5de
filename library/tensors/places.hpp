// SPDX-License-Identifier: MIT
// Where the elements of tensors lie: results must share memory with nothing else.
#pragma once

#include "library/tensors/tensor.hpp"

namespace xent::library {

/// Tells for two tensors of one shape whether element by element they are in the same places.
bool are_in_one_place(const Tensor& a, const Tensor& b);

/// Throws Fault of the output where two of its elements share memory.
void require_distinct(const Tensor& output);

/// Throws Fault of the output where it shares memory with the other tensor.
void require_apart(const Tensor& output, const Tensor& other);

}  // namespace xent::library
