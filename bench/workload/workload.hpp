// SPDX-License-Identifier: MIT
// Workload: the arrays of one shape, allocated once and shared by all that are timed on it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <xent/problem.hpp>

#include "bench/plan.hpp"
#include "bench/workload/buffer.hpp"
#include "bench/workload/drawn.hpp"
#include "bench/workload/form.hpp"
#include "cases/case.hpp"

namespace xent::bench {

/// Logits and labels of the plan's family in the layout of the shape, what the forms of the plan
/// need beside them (targets are those of the case of the same recipe), and the outputs. All pages
/// have been touched.
template <class T>
struct Workload {
  Shape shape;
  cases::Recipe recipe;          // of the logits and the labels
  Buffer<T> logits;              // shape.size()
  Buffer<std::int64_t> labels;   // [N]
  Buffer<std::int64_t> ignored;  // [N] or none: the labels, of which some are ignored
  Buffer<T> one_hot;             // shape.size() or none
  Buffer<T> probs;               // shape.size() or none
  cases::CsrArrays<T> csr;       // or none
  Buffer<T> weight;              // [C] or none
  Buffer<LossOf<T>> row_weight;  // [N] or none
  Buffer<LossOf<T>> loss;        // [N]
  Buffer<T> grad;                // shape.size() or none

  Workload(const Plan& plan, const Shape& of)
      : shape(of),
        recipe{.dtype = dtype_of<T>,
               .family = plan.family,
               .scale = plan.scale,
               .rows = of.rows,
               .classes = of.classes,
               .targets = cases::TargetKind::labels,
               .reduction = plan.reduction_used(),
               .seed = plan.seed},
        logits(of.size()),
        labels(of.rows),
        loss(of.rows) {
    const cases::Case<T> made = cases::make_case<T>(recipe);
    put(made.logits, logits);
    std::copy(made.labels.begin(), made.labels.end(), labels.data());
    if (plan.gradient) grad = Buffer<T>(shape.size());
    for (const Form& form : plan.forms) add(form);
  }

  cases::Recipe recipe_of(const Form& form) const {
    cases::Recipe same = recipe;
    same.targets = form.targets;
#define XENT_OPTION(name, word, ...) same.word = form.options.name;
    XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
    return same;
  }

  /// The labels of the form.
  const Buffer<std::int64_t>& labels_of(const Form& form) const {
    return form.ignored == 0 ? labels : ignored;
  }

  /// The dense targets of the form.
  const Buffer<T>& dense(const Form& form) const {
    return form.targets == cases::TargetKind::one_hot ? one_hot : probs;
  }

  Problem<T> problem(const Form& form, Reduction reduction) const {
    Problem<T> p{.logits = shape.template matrix<const T>(logits.data()),
                 .targets = Labels<std::int64_t>{labels_of(form).data(), shape.rows},
                 .options = form.options};
    p.options.reduction = reduction;
    if (form.ignored != 0) p.options.ignore_index = ignored_label;
    if (form.targets == cases::TargetKind::csr)
      p.targets = csr.view();
    else if (form.targets != cases::TargetKind::labels)
      p.targets = shape.template matrix<const T>(dense(form).data());
    if (form.weighted) p.weight = {weight.data(), shape.classes};
    if (form.row_weighted) p.row_weight = {row_weight.data(), shape.rows};
    return p;
  }

  /// The gradient is absent where the plan has none.
  Outputs<T> outputs(Reduction reduction) const {
    Outputs<T> out{.loss = {loss.data(), loss_size(reduction, shape.rows)}};
    if (grad.data() != nullptr) out.grad = shape.matrix(grad.data());
    return out;
  }

  /// Bytes of logits, targets, weights and gradient, each once.
  double bytes(const Form& form) const {
    const auto matrix = static_cast<double>(shape.elements()) * sizeof(T);
    const double weights =
        (form.weighted ? static_cast<double>(shape.classes) * sizeof(T) : 0) +
        (form.row_weighted ? static_cast<double>(shape.rows) * sizeof(LossOf<T>) : 0);
    return matrix + bytes_of_targets(form) + weights + (grad.data() != nullptr ? matrix : 0);
  }

 private:
  double bytes_of_targets(const Form& form) const {
    constexpr auto integer = static_cast<double>(sizeof(std::int64_t));
    if (form.targets == cases::TargetKind::labels) return static_cast<double>(shape.rows) * integer;
    if (form.targets == cases::TargetKind::csr)
      return static_cast<double>(csr.offsets.size() + csr.classes.size()) * integer +
             static_cast<double>(csr.probs.size() * sizeof(T));
    return static_cast<double>(shape.elements()) * sizeof(T);
  }

  /// Puts a matrix that lies row after row into an array of the layout.
  void put(const std::vector<T>& rows, const Buffer<T>& array) const {
    const MatrixView<T> to = shape.matrix(array.data());
    auto from = rows.begin();
    for (std::ptrdiff_t i = 0; i < shape.rows; ++i)
      for (std::ptrdiff_t j = 0; j < shape.classes; ++j) to(i, j) = *from++;
  }

  void add(const Form& form) {
    if (form.ignored != 0) ignored = with_ignored(labels, form.ignored, recipe.seed);
    if (form.weighted) weight = drawn_weights<T>(shape.classes, recipe.seed);
    if (form.row_weighted) row_weight = drawn_weights<LossOf<T>>(shape.rows, recipe.seed);
    if (form.targets == cases::TargetKind::labels) return;
    cases::Recipe same = recipe;
    same.targets = form.targets;
    cases::Case<T> made = cases::make_case<T>(same);
    if (form.targets == cases::TargetKind::csr) {
      csr = std::move(made.csr);
      return;
    }
    Buffer<T>& dense = form.targets == cases::TargetKind::one_hot ? one_hot : probs;
    dense = Buffer<T>(shape.size());
    put(made.probs, dense);
  }
};

}  // namespace xent::bench
