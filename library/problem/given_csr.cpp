// SPDX-License-Identifier: MIT
// The three tensors of csr: of the right shapes, and in order.

#include <string>

#include <xent/validate.hpp>

#include "library/arguments/fault.hpp"
#include "library/problem/given_problem.hpp"
#include "library/tensors/element_types.hpp"

namespace xent::library {
namespace {

const DLTensor& part_of_csr(const char* field, const DLTensor* tensor) {
  if (tensor == nullptr) refuse(field, "is null; csr has offsets, classes and probabilities");
  return *tensor;
}

}  // namespace

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
