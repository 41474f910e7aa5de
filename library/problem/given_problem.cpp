// SPDX-License-Identifier: MIT
// Checks the tensors of a problem in their order, each by itself and beside the logits.

#include "library/problem/given_problem.hpp"

#include <string>

#include <xent/validate.hpp>

#include "library/arguments/fault.hpp"
#include "library/arguments/sized.hpp"
#include "library/problem/options.hpp"
#include "library/tensors/element_types.hpp"

namespace xent::library {
namespace {

/// Throws Fault where the tensor is not of one axis with that many elements.
void require_line(const Tensor& tensor, std::int64_t size) {
  if (tensor.axes != 1 || tensor.shape[0] != size)
    refuse(tensor.field, "has the shape " + shape_text(tensor.shape, tensor.axes) + ", not [" +
                             std::to_string(size) + "]");
}

/// Throws Fault where not exactly one form of targets is given.
void require_one_form(const xent_problem& given) {
  const bool has_csr =
      given.csr_offsets != nullptr || given.csr_classes != nullptr || given.csr_probs != nullptr;
  if (given.labels == nullptr && given.probs == nullptr && !has_csr)
    refuse("labels", "no targets are given: labels, probs or csr is wanted");
  if (given.labels != nullptr && given.probs != nullptr)
    refuse("probs", "is given beside labels; the targets have one form");
  if (has_csr && (given.labels != nullptr || given.probs != nullptr))
    refuse("csr_offsets", "csr is given beside labels or probs; the targets have one form");
}

const DLTensor& part_of_csr(const char* field, const DLTensor* tensor) {
  if (tensor == nullptr) refuse(field, "is null; csr has offsets, classes and probabilities");
  return *tensor;
}

}  // namespace

GivenProblem::GivenProblem(const xent_problem* problem, Reads reads) {
  if (problem == nullptr) refuse("problem", "is null");
  xent_problem whole;
  const xent_problem& given = whole_of(*problem, whole);
  if (given.logits == nullptr) refuse("logits", "is null");
  take("logits", *given.logits, reads, logits_);
  const DType dtype = the_element_type("logits", logits_.type);
  axes_ = RowAxes(logits_, given.class_axis);
  require_one_form(given);
  problem_.options = options_of(given);
  if (reads == Reads::elements)
    problem_.logits = matrix_of(logits_, dtype, axes_, Access::read, copies_);
  else
    problem_.logits = {nullptr, dtype, {.rows = axes_.rows, .cols = axes_.classes}};
  take_weights(given, reads);
  take_targets(given, reads);
}

void GivenProblem::take_weights(const xent_problem& given, Reads reads) {
  const DType loss = loss_dtype_of(dtype());
  if (given.weight != nullptr) {
    take("weight", *given.weight, reads, weight_);
    require_type("weight", weight_.type, type_of(dtype()));
    require_line(weight_, axes_.classes);
    if (reads == Reads::elements)
      problem_.weight = vector_of(weight_, dtype(), Access::read, copies_);
    else
      problem_.weight.data = given.weight;  // nothing reads it; it says that there is one
  }
  if (given.row_weight != nullptr) {
    take("row_weight", *given.row_weight, reads, row_weight_);
    require_type("row_weight", row_weight_.type, type_of(loss));
    axes_.require_shape_of_rows(row_weight_);
    if (reads == Reads::elements)
      problem_.row_weight = vector_of(row_weight_, loss, Access::read, copies_);
    else
      problem_.row_weight.data = given.row_weight;  // as above
  }
}

void GivenProblem::take_targets(const xent_problem& given, Reads reads) {
  if (given.labels != nullptr) return take_labels(*given.labels, reads);
  if (given.probs != nullptr) return take_probs(*given.probs, reads);
  take_csr(given, reads);
}

void GivenProblem::take_labels(const DLTensor& labels, Reads reads) {
  take("labels", labels, reads, targets_);
  const bool is_short = are_same(targets_.type, int32_type);
  if (!is_short && !are_same(targets_.type, int64_type))
    refuse("labels", "has elements of " + type_text(targets_.type) + ", not of int64 or int32");
  axes_.require_shape_of_rows(targets_);
  if (reads == Reads::shapes) return;
  const Line line = line_of(targets_, Access::read, copies_);
  const auto set = [&](const auto& view) {
    problem_.targets = view;
    check_of("labels", [&] { detail::validate_targets(view, problem_); });
  };
  if (is_short)
    set(line.view<std::int32_t>());
  else
    set(line.view<std::int64_t>());
}

void GivenProblem::take_probs(const DLTensor& probs, Reads reads) {
  take("probs", probs, reads, targets_);
  require_type("probs", targets_.type, type_of(dtype()));
  axes_.require_shape_of_logits(targets_);
  if (reads == Reads::shapes)
    problem_.targets = AnyMatrix();
  else
    problem_.targets = matrix_of(targets_, dtype(), axes_, Access::read, copies_);
}

void GivenProblem::take_csr(const xent_problem& given, Reads reads) {
  take("csr_offsets", part_of_csr("csr_offsets", given.csr_offsets), reads, targets_);
  take("csr_classes", part_of_csr("csr_classes", given.csr_classes), reads, csr_classes_);
  take("csr_probs", part_of_csr("csr_probs", given.csr_probs), reads, csr_probs_);
  require_type("csr_offsets", targets_.type, int64_type);
  require_type("csr_classes", csr_classes_.type, int64_type);
  require_type("csr_probs", csr_probs_.type, type_of(dtype()));
  require_line(targets_, axes_.rows + 1);
  require_line(csr_classes_, csr_classes_.size);
  require_line(csr_probs_, csr_classes_.size);
  if (reads == Reads::shapes)
    problem_.targets = AnyCsr();
  else
    view_csr();
}

void GivenProblem::view_csr() {
  const AnyCsr csr{line_of(targets_, Access::read, copies_).view<std::int64_t>(),
                   line_of(csr_classes_, Access::read, copies_).view<std::int64_t>(),
                   vector_of(csr_probs_, dtype(), Access::read, copies_)};
  problem_.targets = csr;
  const auto& offsets = csr.offsets;
  if (offsets[0] != 0 || offsets[axes_.rows] != csr.classes.size)
    refuse("csr_offsets", "does not run from 0 to " + std::to_string(csr.classes.size) +
                              ", the size of csr_classes");
  for (std::ptrdiff_t i = 0; i < axes_.rows; ++i)
    if (offsets[i + 1] < offsets[i] || offsets[i + 1] > csr.classes.size)
      refuse("csr_offsets", "descends at row " + std::to_string(i));
  check_of("csr_classes", [&] {
    for (std::ptrdiff_t i = 0; i < axes_.rows; ++i) detail::validate_row(csr, i, axes_.classes);
  });
}

}  // namespace xent::library
