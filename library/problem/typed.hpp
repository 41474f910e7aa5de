// SPDX-License-Identifier: MIT
// A problem and results of the C interface, with all elements of one type, as kernels take them.
#pragma once

#include <variant>

#include <xent/any_problem.hpp>

namespace xent::library {

/// These return the views as of elements of type T, which they are.
template <class T>
VectorView<T> typed(const AnyVector& v) {
  return {static_cast<T*>(const_cast<void*>(v.data)), v.size, v.stride};
}
template <class T>
MatrixView<T> typed(const AnyMatrix& m) {
  const auto& at = m.layout;
  return {static_cast<T*>(const_cast<void*>(m.data)),
          at.rows,
          at.cols,
          at.row_stride,
          at.col_stride,
          at.inner,
          at.inner_stride};
}

/// Sets `to` to the targets.
template <class T>
void put_typed(const AnyTargets& targets, Targets<T>& to) {
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&targets))
    to = *labels;
  else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&targets))
    to = *labels32;
  else if (const auto* probs = std::get_if<AnyMatrix>(&targets))
    to = typed<const T>(*probs);
  else if (const auto* csr = std::get_if<AnyCsr>(&targets))
    to = Csr<T>{csr->offsets, csr->classes, typed<const T>(csr->probs)};
}

template <class T>
Problem<T> typed(const AnyProblem& problem) {
  Problem<T> same{.logits = typed<const T>(problem.logits),
                  .targets = {},
                  .options = problem.options,
                  .weight = typed<const T>(problem.weight),
                  .row_weight = typed<const LossOf<T>>(problem.row_weight)};
  put_typed(problem.targets, same.targets);
  return same;
}

template <class T>
Outputs<T> typed(const AnyOutputs& out) {
  return {.loss = typed<LossOf<T>>(out.loss),
          .grad = typed<T>(out.grad),
          .lse = typed<LossOf<T>>(out.lse)};
}

}  // namespace xent::library
