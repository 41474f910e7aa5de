// SPDX-License-Identifier: MIT
// Targets of a few classes in each row, read from their files: csr as scipy has it, or a teacher's
// most likely classes, as distillation keeps them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <xent/any_problem.hpp>

#include "cli/problem/problem_tensors.hpp"
#include "tensors/tensor.hpp"

namespace xent::cli {

/// The rows as Csr has them; it owns them.
struct CsrRows {
  std::vector<std::int64_t> offsets, classes;
  tensors::Tensor probs;

  AnyCsr view() const;
};

/// Reads PREFIX.indptr, PREFIX.indices and PREFIX.data of the place FILE:PREFIX. `probs` says what
/// 16-bit patterns stand for. Throws FileError, and UsageError where there is no prefix.
CsrRows read_csr(const std::string& place, const StatedDtype& probs);

/// The files of a teacher: classes and log-probabilities, both of the shape of the labels with one
/// axis more, the last, of K classes in any order.
struct TeacherPlaces {
  std::string classes, log_probs;
};

/// Reads a teacher's rows, and sorts each by its classes. The probabilities, of f64, are the
/// exponentials of the log-probabilities. `log_probs` says what 16-bit patterns of these stand for.
/// Throws FileError, also where a row has a class twice.
CsrRows read_teacher(const TeacherPlaces& places, const StatedDtype& log_probs,
                     const Shape& row_shape);

/// Returns the numbers, rounded once to that type.
tensors::Tensor rounded_to(const tensors::Tensor& numbers, DType dtype);

}  // namespace xent::cli
