// SPDX-License-Identifier: MIT
// GivenProblem is a problem of the C interface that has been found right, as the views of xent.
#pragma once

#include <array>

#include <xent.h>

#include <xent/any_problem.hpp>

#include "library/tensors/copies.hpp"
#include "library/tensors/row_axes.hpp"
#include "library/tensors/tensor.hpp"
#include "library/tensors/views.hpp"

namespace xent::library {

class GivenProblem {
 public:
  /// Throws Fault where something about the problem is wrong. Where only shapes are read, the
  /// problem has no elements.
  GivenProblem(const xent_problem* problem, Reads reads);
  GivenProblem(const GivenProblem&) = delete;
  GivenProblem& operator=(const GivenProblem&) = delete;

  const AnyProblem& problem() const { return problem_; }
  DType dtype() const { return problem_.logits.dtype; }
  const RowAxes& axes() const { return axes_; }
  const Tensor& logits() const { return logits_; }
  /// Copies of tensors of this call, those of results among them.
  Copies& copies() { return copies_; }
  /// Those of the tensors that are given, in no order; the others are not.
  std::array<const Tensor*, 6> inputs() const {
    return {&logits_, &targets_, &csr_classes_, &csr_probs_, &weight_, &row_weight_};
  }

 private:
  void take_targets(const xent_problem& given, Reads reads);
  void take_labels(const DLTensor& labels, Reads reads);
  void take_probs(const DLTensor& probs, Reads reads);
  void take_csr(const xent_problem& given, Reads reads);
  void take_weights(const xent_problem& given, Reads reads);
  void view_csr();

  Tensor logits_;
  Tensor targets_;  // labels, probs or csr_offsets
  Tensor csr_classes_, csr_probs_;
  Tensor weight_, row_weight_;
  RowAxes axes_;
  Copies copies_;
  AnyProblem problem_;
};

}  // namespace xent::library
