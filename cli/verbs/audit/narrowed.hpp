// SPDX-License-Identifier: MIT
// Results are often computed in one type and saved in a wider one: bf16, which numpy does not have,
// in float32, and Python's numbers in float64. They are judged as what they are.
#pragma once

#include <optional>

#include <xent/element.hpp>

#include "tensors/tensor.hpp"

namespace xent::cli {

/// The type that a file has, and the one whose numbers are in it.
struct Narrowing {
  DType from, to;
};

/// Where every number of the tensor is one of a narrower type, makes it a tensor of that type and
/// says so. Zeros, powers of two, NaN and infinities are numbers of any type and prove nothing: at
/// least one other number must be there for float32, and four for bf16 and f16, which a number of
/// float32 is by chance once in 2^16 and 2^13.
std::optional<Narrowing> narrow(tensors::Tensor& tensor);

}  // namespace xent::cli
