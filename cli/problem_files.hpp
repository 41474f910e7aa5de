// SPDX-License-Identifier: MIT
// ProblemFiles: the problem that the options name, read from its files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <xent/any_problem.hpp>

#include "cases/tensor.hpp"
#include "cli/problem_options.hpp"

namespace xent::cli {

using Shape = std::vector<std::ptrdiff_t>;

/// "[600, 10]".
std::string to_string(const Shape& shape);

/// The elements of a tensor of numbers.
AnyVector elements_of(const cases::Tensor& tensor);

/// Reads a tensor of one of the four element types; bit patterns (a 16-bit .npy) are taken for
/// `dtype_of_patterns`, "" where it is not known. Throws FileError.
cases::Tensor read_numbers(const std::string& place, const std::string& dtype_of_patterns);

/// Owns the tensors; the problem has passed validate(). Rows are counted in C order over all axes
/// but that of the classes.
class ProblemFiles {
 public:
  /// Throws FileError and UsageError.
  explicit ProblemFiles(const ProblemOptions& options);
  ProblemFiles(const ProblemFiles&) = delete;
  ProblemFiles& operator=(const ProblemFiles&) = delete;

  const AnyProblem& problem() const { return problem_; }
  /// The same with all elements of type T. Throws FileError where some are not.
  template <class T>
  Problem<T> typed() const;

  const Shape& shape() const { return logits_.shape; }   // of logits, probs and gradient
  const Shape& row_shape() const { return row_shape_; }  // of labels and losses
  /// Elements in the shape of the logits, as the matrix of the rows.
  template <class T>
  MatrixView<T> matrix(T* elements) const;
  AnyMatrix matrix(const cases::Tensor& tensor) const;
  std::string targets_name() const;  // "labels", "probs", "csr"

 private:
  void find_axes();
  void read_targets();
  void read_labels();
  void read_csr();
  void read_weight();
  const std::string& targets_place() const;

  const ProblemOptions& options_;
  cases::Tensor logits_;
  Shape row_shape_;
  std::ptrdiff_t rows_ = 0, classes_ = 0, inner_ = 1;
  cases::Tensor targets_;  // labels, probs, or the csr probabilities
  std::vector<std::int64_t> offsets_, csr_classes_;
  cases::Tensor weight_;
  AnyProblem problem_;
};

}  // namespace xent::cli
