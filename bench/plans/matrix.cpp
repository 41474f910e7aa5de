// SPDX-License-Identifier: MIT
// The matrix: levels of each setting, and the plan of a choice of them.

#include "bench/plans/matrix.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "bench/plans/pairwise.hpp"

namespace xent::bench {
namespace {

enum Factor : std::size_t {
  dtype,
  targets,
  weighted,
  row_weighted,
  ignored,
  layout,
  batch,
  gradient,
  reduction,
  temperature,
  softcap,
  z_loss,
  factors
};

enum class Targets { labels, smoothed, one_hot, probs, csr };
enum class Batch { large, one, eight };

/// The sizes of the factors, in their order. Level 0 is the usual one.
constexpr std::array<std::size_t, factors> levels = {
    std::size(all_dtypes),         5, 2, 2, 2, std::size(all_layouts), 3, 2,
    1 + std::size(all_reductions), 2, 2, 2};

Targets targets_of(const Choice& choice) { return static_cast<Targets>(choice[targets]); }
Batch batch_of(const Choice& choice) { return static_cast<Batch>(choice[batch]); }
Layout layout_of(const Choice& choice) { return all_layouts[choice[layout]]; }

/// Only rows with labels can be ignored, and one row has no axis behind its classes.
bool is_allowed(const Choice& choice) {
  const bool has_labels =
      targets_of(choice) == Targets::labels || targets_of(choice) == Targets::smoothed;
  return (choice[ignored] == 0 || has_labels) &&
         (layout_of(choice) != Layout::class_axis_1 || batch_of(choice) != Batch::one);
}

Form form_of(const Choice& choice) {
  Form form{.weighted = choice[weighted] != 0,
            .row_weighted = choice[row_weighted] != 0,
            .ignored = choice[ignored] != 0 ? 0.3 : 0};
  switch (targets_of(choice)) {
    case Targets::labels: break;
    case Targets::smoothed: form.options.label_smoothing = 0.1; break;
    case Targets::one_hot: form.targets = cases::TargetKind::one_hot; break;
    case Targets::probs: form.targets = cases::TargetKind::probs; break;
    case Targets::csr: form.targets = cases::TargetKind::csr; break;
  }
  if (choice[temperature] != 0) form.options.temperature = 0.7;
  if (choice[softcap] != 0) form.options.softcap = 30;
  if (choice[z_loss] != 0) form.options.z_loss = 1e-4;
  return form;
}

/// Of class_axis_1 large batches are four images, others one.
Shape shape_of(const Choice& choice, std::ptrdiff_t classes, std::ptrdiff_t logits) {
  Shape shape{.classes = classes, .layout = layout_of(choice)};
  const bool is_large = batch_of(choice) == Batch::large;
  const std::ptrdiff_t images = is_large ? 4 : 1;
  shape.rows = batch_of(choice) == Batch::one     ? 1
               : batch_of(choice) == Batch::eight ? 8
                                                  : std::max<std::ptrdiff_t>(logits / classes, 8);
  if (shape.layout == Layout::class_axis_1) {
    shape.inner = shape.rows / images;
    shape.rows = shape.inner * images;
  }
  return shape;
}

Plan plan_of(const Plan& like, const Choice& choice, const Shape& shape) {
  Plan plan = like;
  plan.shapes = {shape};
  plan.dtypes = {all_dtypes[choice[dtype]]};
  plan.forms = {form_of(choice)};
  plan.gradient = choice[gradient] != 0;
  if (choice[reduction] != 0) plan.reduction = all_reductions[choice[reduction] - 1];
  return plan;
}

}  // namespace

std::vector<Plan> matrix(const Plan& like, const MatrixSize& size) {
  std::vector<Plan> plans;
  for (const std::ptrdiff_t classes : size.classes) {
    const std::vector<Choice> choices =
        size.full ? all_choices(levels, is_allowed)
                  : pairwise_choices(levels, is_allowed, static_cast<unsigned>(classes));
    for (const Choice& choice : choices)
      plans.push_back(plan_of(like, choice, shape_of(choice, classes, size.logits)));
  }
  return plans;
}

}  // namespace xent::bench
