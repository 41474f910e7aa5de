// SPDX-License-Identifier: MIT
// Tensors from files, in the shapes that a problem wants.
#pragma once

#include <string>

#include <xent/problem.hpp>

#include "cases/npy.hpp"

namespace xent::cli {

/// Logits or probabilities: [N, C] of f32 or f64. Throws FileError.
cases::Tensor read_matrix(const std::string& path);

/// Labels: [N] of int64 or int32. Throws FileError.
cases::Tensor read_labels(const std::string& path);

/// What was read from `path` as the targets of logits of type T: a view into `tensor`. Throws
/// FileError where probabilities are of another type.
template <class T>
Targets<T> targets_of(const cases::Tensor& tensor, const std::string& path);

}  // namespace xent::cli
