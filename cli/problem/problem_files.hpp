// SPDX-License-Identifier: MIT
// ProblemFiles: the problem that the options name, read from its files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <xent/any_problem.hpp>

#include "cli/problem/csr_rows.hpp"
#include "cli/problem/problem_options.hpp"
#include "cli/problem/problem_tensors.hpp"
#include "tensors/logits_axes.hpp"
#include "tensors/tensor.hpp"

namespace xent::cli {

/// Owns the tensors; the problem has passed validate(). Rows are those of tensors::LogitsAxes.
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

  const tensors::LogitsAxes& axes() const { return axes_; }
  const Shape& shape() const { return axes_.shape(); }          // of logits, probs and gradient
  const Shape& row_shape() const { return axes_.row_shape(); }  // of labels and losses
  /// Elements in the shape of the logits and in C order, as the matrix of the rows.
  template <class T>
  MatrixView<T> matrix(T* elements) const {
    return axes_.matrix(elements, false);
  }
  /// A tensor of the shape of the logits, as read_matrix gives it.
  AnyMatrix matrix(const tensors::Tensor& tensor) const;
  std::string targets_name() const;  // "labels", "probs", "csr"
  bool shifts_labels() const { return options_.shift_labels; }
  bool negates() const { return is_negated(options_); }

 private:
  void read_targets();
  void read_labels();
  void shift_labels();
  void read_csr();
  void read_weights();
  const std::string& targets_place() const;
  std::string advice_for_targets() const;  // where they are not valid

  const ProblemOptions& options_;
  AnyProblem problem_;
  tensors::Tensor logits_;
  tensors::LogitsAxes axes_;
  tensors::Tensor targets_;  // labels or probs
  CsrRows csr_;
  tensors::Tensor teacher_probs_;  // those of csr_ in the type of the logits, of a teacher
  std::vector<std::int64_t> shifted_labels_;
  tensors::Tensor weight_, row_weight_;
};

}  // namespace xent::cli
