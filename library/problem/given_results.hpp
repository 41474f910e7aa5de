// SPDX-License-Identifier: MIT
// GivenResults are the results of the C interface that have been found right, as the views of xent.
#pragma once

#include <xent.h>

#include <xent/any_problem.hpp>

#include "library/problem/given_problem.hpp"

namespace xent::library {

class GivenResults {
 public:
  /// Throws Fault where something about the results of that problem is wrong. Results that are
  /// written must lie apart from each other and from the problem; of those that are read the loss
  /// may be left out.
  GivenResults(const xent_results* given, Access access, GivenProblem& problem);
  GivenResults(const GivenResults&) = delete;
  GivenResults& operator=(const GivenResults&) = delete;

  /// The results, absent where they are not given.
  const AnyOutputs& outputs() const { return outputs_; }
  bool has_any() const { return loss_.is_given() || grad_.is_given() || lse_.is_given(); }

 private:
  void take_loss(const DLTensor& loss, Access access, GivenProblem& problem);
  void take_grad(const DLTensor& grad, Access access, GivenProblem& problem);
  void take_lse(const DLTensor& lse, Access access, GivenProblem& problem);
  void require_apart_from_all(const Tensor& output, const GivenProblem& problem) const;

  Tensor loss_, grad_, lse_;
  AnyOutputs outputs_;
};

}  // namespace xent::library
