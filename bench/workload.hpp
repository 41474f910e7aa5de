// SPDX-License-Identifier: MIT
// Workload: the arrays of one shape, allocated once and shared by all that are timed on it.
#pragma once

#include <algorithm>
#include <cstdint>

#include <xent/problem.hpp>

#include "bench/buffer.hpp"
#include "bench/plan.hpp"
#include "cases/case.hpp"

namespace xent::bench {

/// Logits and labels of the family normal(3), the matrix that is one at the labels (where a form of
/// the plan needs it), and the outputs. All pages have been touched.
template <class T>
struct Workload {
  cases::Recipe recipe;
  Buffer<T> logits;             // [N, C]
  Buffer<std::int64_t> labels;  // [N]
  Buffer<T> one_hot;            // [N, C] or none
  Buffer<T> loss;               // [N]
  Buffer<T> grad;               // [N, C] or none

  Workload(const Plan& plan, Shape shape)
      : recipe{.dtype = dtype_of<T>,
               .family = "normal",
               .scale = 3,
               .rows = shape.first,
               .classes = shape.second,
               .targets = cases::TargetKind::labels,
               .reduction = plan.gradient ? Reduction::mean : Reduction::none,
               .seed = plan.seed},
        logits(elements()),
        labels(recipe.rows),
        loss(recipe.rows) {
    const cases::Case<T> made = cases::make_case<T>(recipe);
    std::copy(made.logits.begin(), made.logits.end(), logits.data());
    std::copy(made.labels.begin(), made.labels.end(), labels.data());
    if (plan.gradient) grad = Buffer<T>(elements());
    if (std::any_of(plan.forms.begin(), plan.forms.end(), is_dense)) mark_labels();
  }

  std::ptrdiff_t elements() const { return recipe.rows * recipe.classes; }

  static bool is_dense(cases::TargetKind form) { return form != cases::TargetKind::labels; }

  cases::Recipe recipe_of(cases::TargetKind form) const {
    cases::Recipe same = recipe;
    if (is_dense(form)) same.targets = cases::TargetKind::one_hot;
    return same;
  }

  Problem<T> problem(cases::TargetKind form, Reduction reduction) const {
    Problem<T> p{.logits = row_major<const T>(logits.data(), recipe.rows, recipe.classes),
                 .targets = Labels<std::int64_t>{labels.data(), recipe.rows},
                 .options = {.reduction = reduction}};
    if (is_dense(form)) p.targets = row_major<const T>(one_hot.data(), recipe.rows, recipe.classes);
    return p;
  }

  /// The gradient is absent where the plan has none.
  Outputs<T> outputs(Reduction reduction) const {
    Outputs<T> out{.loss = {loss.data(), loss_size(reduction, recipe.rows)}};
    if (grad.data() != nullptr) out.grad = row_major<T>(grad.data(), recipe.rows, recipe.classes);
    return out;
  }

  /// Bytes of logits, targets and gradient, each once.
  double bytes(cases::TargetKind form) const {
    const auto matrix = static_cast<double>(elements()) * sizeof(T);
    const auto column = static_cast<double>(recipe.rows) * sizeof(std::int64_t);
    return matrix + (is_dense(form) ? matrix : column) + (grad.data() != nullptr ? matrix : 0);
  }

 private:
  void mark_labels() {
    one_hot = Buffer<T>(elements());
    for (std::ptrdiff_t i = 0; i < recipe.rows; ++i)
      one_hot.data()[i * recipe.classes + labels.data()[i]] = 1;
  }
};

}  // namespace xent::bench
