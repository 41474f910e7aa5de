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

}  // namespace xent::library
