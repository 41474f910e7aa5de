// SPDX-License-Identifier: MIT
// The logits are read in another order of their axes: reshaped where they should have been
// permuted.
#include <utility>

#include "explain/hypothesis.hpp"

namespace xent::explain::hypothesis_list {
namespace {

// Returns whether the elements lie in the order of the axes (rows / inner, C, inner).
bool classes_before_inner(const AnyMatrix& x) {
  const auto& at = x.layout;
  return at.inner > 1 && at.inner_stride == 1 && at.col_stride == at.inner &&
         at.row_stride == at.inner * at.cols;
}

bool classes_last(const AnyMatrix& x) {
  const auto& at = x.layout;
  return at.col_stride == 1 && at.row_stride == at.cols * at.inner &&
         (at.inner == 1 || at.inner_stride == at.cols);
}

Variant reading(const char* how, LogitsOf logits) {
  return {.sentence = std::string("the result with the logits read ") + how,
          .plant = [logits = std::move(logits)](Formula& f, double) {
            f.has_grad = false;
            f.logits = logits;
          }};
}

// Rows of C elements each, one after the other as they lie.
void as_they_lie(const Doubt& doubt, std::ptrdiff_t i, std::span<double> x) {
  const AnyMatrix& all = doubt.problem.logits;
  for (std::ptrdiff_t j = 0; j < std::ssize(x); ++j)
    x[static_cast<std::size_t>(j)] = element_at(all.data, all.dtype, i * all.cols() + j);
}

// Fills x with what is read as if the classes lay before the last axis of the rows.
void as_if_permuted(const Doubt& doubt, std::ptrdiff_t i, std::span<double> x) {
  const AnyMatrix& all = doubt.problem.logits;
  const std::ptrdiff_t inner = doubt.row_axes().size() > 1 ? doubt.sequence() : doubt.rows();
  const std::ptrdiff_t first = i / inner * inner * all.cols() + i % inner;
  for (std::ptrdiff_t j = 0; j < std::ssize(x); ++j)
    x[static_cast<std::size_t>(j)] = element_at(all.data, all.dtype, first + j * inner);
}

std::vector<Variant> variants(const Doubt& doubt) {
  if (doubt.rows() < 2 || doubt.classes() < 2) return {};
  if (classes_before_inner(doubt.problem.logits))
    return {
        reading("as rows of C elements as they lie in memory, without a permutation of the axes",
                as_they_lie)};
  if (classes_last(doubt.problem.logits))
    return {reading("as if the classes lay before the last axis of the rows (transposed)",
                    as_if_permuted)};
  return {};
}

}  // namespace

extern const Hypothesis misread_logits{
    .name = "misread_logits",
    .summary = "logits reshaped or transposed",
    .variants = variants,
};

}  // namespace xent::explain::hypothesis_list
