// SPDX-License-Identifier: MIT
// Audited: the results that are to be judged, read from their files.

#include "cli/verbs/audit/audited.hpp"

#include <cstddef>

#include <fmt/format.h>

#include "cli/problem/shape_advice.hpp"
#include "system/output_file.hpp"

namespace xent::cli {
namespace {

/// What the losses of that shape are of. Throws FileError where it can be nothing.
AuditedReduction reduction_of(const tensors::Tensor& loss, AuditedReduction named,
                              const ProblemFiles& files, const std::string& place) {
  const Shape& rows = files.row_shape();
  const bool is_told = named.from == "option";
  const bool of_rows = loss.shape == rows;
  const bool of_all = loss.size() == 1;
  if (is_told && (named.is == Reduction::none ? of_rows : of_all)) return named;
  if (of_rows && (!of_all || (!is_told && !rows.empty()))) return {Reduction::none, "shape"};
  if (of_all && !is_told) return named;
  throw FileError(
      place,
      fmt::format("has the shape {}; losses of the rows are {}, a mean or a sum one number{}",
                  tensors::to_string(loss.shape), tensors::to_string(rows),
                  advice_for_rows(loss.shape, files.axes())));
}

void require_shape_of(const std::string& what, const Shape& wanted, const tensors::Tensor& tensor,
                      const std::string& place, const std::string& advice) {
  if (tensor.shape != wanted)
    throw FileError(
        place, fmt::format("has the shape {}, the {} {}{}", tensors::to_string(tensor.shape), what,
                           tensors::to_string(wanted), advice));
}

/// Makes the elements, which are floating-point numbers, their negatives.
void negate(tensors::Tensor& tensor) {
  const AnyVector elements = elements_of(tensor);
  const tensors::Tensor negatives =
      tensor_of(elements.dtype, static_cast<std::size_t>(elements.size),
                [&](std::size_t k) { return -elements[static_cast<std::ptrdiff_t>(k)]; });
  tensor.data = negatives.data;
  tensor.owner = negatives.owner;
}

}  // namespace

Audited read_audited(const AuditedPlaces& places, const ProblemOptions& options,
                     const ProblemFiles& files) {
  Audited audited;
  const StatedDtype loss_dtype{"--loss-dtype", places.loss_dtype, options.logits_dtype};
  const StatedDtype grad_dtype{"--grad-dtype", places.grad_dtype, options.logits_dtype};
  const AuditedReduction named{files.problem().options.reduction,
                               options.reduction.empty() ? "default" : "option"};
  audited.loss_reduction = audited.grad_reduction = named;
  if (!places.loss.empty()) {
    audited.loss = read_numbers(places.loss, loss_dtype);
    if (places.loss_dtype.empty()) audited.loss_narrowing = narrow(*audited.loss);
    audited.loss_reduction = reduction_of(*audited.loss, named, files, places.loss);
    if (options.reduction.empty()) audited.grad_reduction = {audited.loss_reduction.is, "loss"};
  }
  if (!places.grad.empty()) {
    audited.grad = read_matrix(places.grad, grad_dtype);
    if (places.grad_dtype.empty()) audited.grad_narrowing = narrow(*audited.grad);
    require_shape_of("logits", files.shape(), *audited.grad, places.grad,
                     advice_for_grad(audited.grad->shape, files.axes()));
  }
  if (!places.lse.empty()) {
    audited.lse = read_numbers(places.lse, loss_dtype);
    if (places.loss_dtype.empty()) narrow(*audited.lse);
    require_shape_of("rows", files.row_shape(), *audited.lse, places.lse,
                     advice_for_rows(audited.lse->shape, files.axes()));
  }
  if (!places.log_softmax.empty()) {
    audited.log_softmax = read_matrix(places.log_softmax, loss_dtype);
    if (places.loss_dtype.empty()) narrow(*audited.log_softmax);
    require_shape_of("logits", files.shape(), *audited.log_softmax, places.log_softmax,
                     advice_for_grad(audited.log_softmax->shape, files.axes()));
  }
  audited.negated = is_negated(options);
  if (audited.negated) {
    if (audited.loss) negate(*audited.loss);
    if (audited.grad) negate(*audited.grad);
  }
  return audited;
}

}  // namespace xent::cli
