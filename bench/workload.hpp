// SPDX-License-Identifier: MIT
// Workload: the arrays of one shape, allocated once and shared by all that are timed on it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include <xent/problem.hpp>

#include "bench/buffer.hpp"
#include "bench/plan.hpp"
#include "cases/case.hpp"

namespace xent::bench {

/// Logits and labels of the plan's family, the targets of the other forms of the plan (those of
/// the case of the same recipe), and the outputs. All pages have been touched.
template <class T>
struct Workload {
  cases::Recipe recipe;
  Buffer<T> logits;             // [N, C]
  Buffer<std::int64_t> labels;  // [N]
  Buffer<T> one_hot;            // [N, C] or none
  Buffer<T> probs;              // [N, C] or none
  cases::CsrArrays<T> csr;      // or none
  Buffer<LossOf<T>> loss;       // [N]
  Buffer<T> grad;               // [N, C] or none

  Workload(const Plan& plan, Shape shape)
      : recipe{.dtype = dtype_of<T>,
               .family = plan.family,
               .scale = plan.scale,
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
    for (const cases::TargetKind form : plan.forms) add_targets(form);
  }

  std::ptrdiff_t elements() const { return recipe.rows * recipe.classes; }

  cases::Recipe recipe_of(cases::TargetKind form) const {
    cases::Recipe same = recipe;
    same.targets = form;
    return same;
  }

  Problem<T> problem(cases::TargetKind form, Reduction reduction) const {
    Problem<T> p{.logits = row_major<const T>(logits.data(), recipe.rows, recipe.classes),
                 .targets = Labels<std::int64_t>{labels.data(), recipe.rows},
                 .options = {.reduction = reduction}};
    if (form == cases::TargetKind::csr)
      p.targets = csr.view();
    else if (form != cases::TargetKind::labels)
      p.targets = row_major<const T>(dense(form).data(), recipe.rows, recipe.classes);
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
    return matrix + bytes_of_targets(form) + (grad.data() != nullptr ? matrix : 0);
  }

 private:
  const Buffer<T>& dense(cases::TargetKind form) const {
    return form == cases::TargetKind::one_hot ? one_hot : probs;
  }

  double bytes_of_targets(cases::TargetKind form) const {
    constexpr auto integer = static_cast<double>(sizeof(std::int64_t));
    if (form == cases::TargetKind::labels) return static_cast<double>(recipe.rows) * integer;
    if (form == cases::TargetKind::csr)
      return static_cast<double>(csr.offsets.size() + csr.classes.size()) * integer +
             static_cast<double>(csr.probs.size() * sizeof(T));
    return static_cast<double>(elements()) * sizeof(T);
  }

  void add_targets(cases::TargetKind form) {
    if (form == cases::TargetKind::labels) return;
    if (form == cases::TargetKind::one_hot) return mark_labels();
    cases::Case<T> made = cases::make_case<T>(recipe_of(form));
    if (form == cases::TargetKind::csr) {
      csr = std::move(made.csr);
    } else {
      probs = Buffer<T>(elements());
      std::copy(made.probs.begin(), made.probs.end(), probs.data());
    }
  }

  void mark_labels() {
    one_hot = Buffer<T>(elements());
    for (std::ptrdiff_t i = 0; i < recipe.rows; ++i)
      one_hot.data()[i * recipe.classes + labels.data()[i]] = T{1};
  }
};

}  // namespace xent::bench
