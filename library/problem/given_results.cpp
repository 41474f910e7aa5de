// SPDX-License-Identifier: MIT
// Checks the tensors of results in their order, each by itself, beside the logits and beside what
// it may not lie over.

#include "library/problem/given_results.hpp"

#include <string>

#include "library/arguments/fault.hpp"
#include "library/arguments/sized.hpp"
#include "library/tensors/element_types.hpp"
#include "library/tensors/places.hpp"

namespace xent::library {

GivenResults::GivenResults(const xent_results* results, Access access, GivenProblem& problem) {
  if (results == nullptr) refuse("results", "is null");
  xent_results whole;
  const xent_results& given = whole_of(*results, whole);
  if (given.loss != nullptr)
    take_loss(*given.loss, access, problem);
  else if (access == Access::write)
    refuse("loss", "is null");
  if (given.grad != nullptr) take_grad(*given.grad, access, problem);
  if (given.lse != nullptr) take_lse(*given.lse, access, problem);
  if (access == Access::read) return;
  for (const Tensor* const output : {&loss_, &grad_, &lse_})
    if (output->is_given()) require_apart_from_all(*output, problem);
}

void GivenResults::take_loss(const DLTensor& loss, Access access, GivenProblem& problem) {
  take("loss", loss, Reads::elements, loss_);
  const DType dtype = loss_dtype_of(problem.dtype());
  require_type("loss", loss_.type, type_of(dtype));
  if (problem.problem().options.reduction == Reduction::none)
    problem.axes().require_shape_of_rows(loss_);
  else if (loss_.size != 1 || loss_.axes > 1)
    refuse("loss", "has the shape " + shape_text(loss_.shape, loss_.axes) +
                       "; a mean or a sum is one number, [] or [1]");
  outputs_.loss = vector_of(loss_, dtype, access, problem.copies());
}

void GivenResults::take_grad(const DLTensor& grad, Access access, GivenProblem& problem) {
  take("grad", grad, Reads::elements, grad_);
  require_type("grad", grad_.type, type_of(problem.dtype()));
  problem.axes().require_shape_of_logits(grad_);
  outputs_.grad = matrix_of(grad_, problem.dtype(), problem.axes(), access, problem.copies());
}

void GivenResults::take_lse(const DLTensor& lse, Access access, GivenProblem& problem) {
  take("lse", lse, Reads::elements, lse_);
  const DType dtype = loss_dtype_of(problem.dtype());
  require_type("lse", lse_.type, type_of(dtype));
  problem.axes().require_shape_of_rows(lse_);
  const Input input = problem.problem().options.input;
  if (input != Input::logits)
    refuse("lse",
           "a log-sum-exp needs an input of logits, not of " + std::string(to_string(input)));
  outputs_.lse = vector_of(lse_, dtype, access, problem.copies());
}

void GivenResults::require_apart_from_all(const Tensor& output, const GivenProblem& problem) const {
  require_distinct(output);
  for (const Tensor* const other : {&loss_, &grad_, &lse_}) {
    if (other == &output) break;
    if (other->is_given()) require_apart(output, *other);
  }
  for (const Tensor* const input : problem.inputs()) {
    const bool is_in_place =
        &output == &grad_ && input == &problem.logits() && are_in_one_place(output, *input);
    if (input->is_given() && !is_in_place) require_apart(output, *input);
  }
}

}  // namespace xent::library
