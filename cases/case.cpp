// SPDX-License-Identifier: MIT
// A case is made row by row; each row has its own random streams, so that rows do not depend on how
// many there are, nor logits on the targets. So have the weights and the ignored label.
#include "cases/case.hpp"

#include <utility>

#include <fmt/format.h>

#include "cases/family.hpp"
#include "cases/logits.hpp"
#include "cases/options.hpp"
#include "cases/probs.hpp"
#include "cases/view_of.hpp"

namespace xent::cases {
namespace {

Random targets_random(const Recipe& r, std::ptrdiff_t i) {
  return {r.seed, 2 * static_cast<std::uint64_t>(i) + 1};
}
// No row has these streams.
Random weight_random(const Recipe& r) { return {r.seed, std::uint64_t{1} << 63}; }
Random ignored_label_random(const Recipe& r) { return {r.seed, (std::uint64_t{1} << 63) + 1}; }
Random row_weight_random(const Recipe& r) { return {r.seed, (std::uint64_t{1} << 63) + 2}; }

template <class T>
void fill_probs(const Family& family, const std::vector<std::int64_t>& labels, Case<T>& made) {
  const Recipe& r = made.recipe;
  made.probs.resize(made.logits.size());
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    const std::int64_t y = labels[static_cast<std::size_t>(i)];
    const std::span<T> probs = row_of<T>(made.probs, i, r.classes);
    Random random = targets_random(r, i);
    if (r.targets == TargetKind::one_hot)
      fill_one_hot(y, probs);
    else if (r.probs != Band::ordinary)
      fill_band(r.probs, y, random, probs);
    else if (family.data_set)
      fill_smoothed(y, random, probs);
    else
      fill_soft<T>(y, row_of<T>(made.logits, i, r.classes), random, probs);
  }
}

template <class T>
void fill_csr(const std::vector<std::int64_t>& labels, Case<T>& made) {
  made.csr.offsets = {0};
  for (std::ptrdiff_t i = 0; i < made.recipe.rows; ++i) {
    const Recipe& r = made.recipe;
    Random random = targets_random(r, i);
    const std::int64_t y = labels[static_cast<std::size_t>(i)];
    append(made.csr, r.probs != Band::ordinary
                         ? draw_few_of_band<T>(r.probs, y, r.classes, random)
                         : draw_few<T>(y, row_of<T>(made.logits, i, r.classes), random));
  }
}

template <class T>
void add_ignored_rows(Case<T>& made) {
  const Recipe& r = made.recipe;
  Random random = ignored_label_random(r);
  made.ignore_index = draw_ignored_label(r.classes, random);
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    Random of_row = targets_random(r, i);
    ignore_some<T>(*made.ignore_index, of_row, made.labels[static_cast<std::size_t>(i)],
                   row_of<T>(made.logits, i, r.classes));
  }
}

template <class T>
void fill_targets(const Family& family, std::vector<std::int64_t> labels, Case<T>& made) {
  if (made.recipe.targets == TargetKind::labels)
    made.labels = std::move(labels);
  else if (made.recipe.targets == TargetKind::csr)
    fill_csr(labels, made);
  else
    fill_probs(family, labels, made);
}

}  // namespace

template <class T>
Problem<T> Case<T>::problem() const {
  Options options = options_of(recipe);
  options.ignore_index = ignore_index;
  Targets<T> targets = Labels<std::int64_t>{.data = labels.data(), .size = recipe.rows};
  if (recipe.targets == TargetKind::csr)
    targets = csr.view();
  else if (recipe.targets != TargetKind::labels)
    targets = row_major(probs.data(), recipe.rows, recipe.classes);
  return {.logits = row_major(logits.data(), recipe.rows, recipe.classes),
          .targets = targets,
          .options = options,
          .weight = view_of(weight),
          .row_weight = view_of(row_weight)};
}

template <class T>
Case<T> make_case(const Recipe& recipe) {
  if (recipe.dtype != dtype_of<T>)
    throw InvalidRecipe(fmt::format("a case of {} asked for as {}", to_string(recipe.dtype),
                                    to_string(dtype_of<T>)));
  check_recipe(recipe);
  const FamilySource& source = *find_source(recipe.family);
  Case<T> made{.recipe = recipe, .logits = {}, .labels = {}, .probs = {}};
  made.logits.resize(static_cast<std::size_t>(recipe.rows * recipe.classes));
  fill_targets(source.family, fill_logits<T>(recipe, source, made.logits), made);
  if (recipe.weighted) {
    Random random = weight_random(recipe);
    made.weight = recipe.weights != Band::ordinary
                      ? draw_weight_of_band<T>(recipe.weights, recipe.classes, random)
                      : draw_weight<T>(recipe.classes, source.family.heavy, random);
  }
  if (recipe.row_weighted) {
    Random random = row_weight_random(recipe);
    for (const T v : draw_weight<T>(recipe.rows, false, random))
      made.row_weight.push_back(static_cast<LossOf<T>>(v));
  }
  make_given<T>(recipe.input, recipe.seed, made.logits);
  if (recipe.ignoring) add_ignored_rows(made);
  return made;
}

#define XENT_INSTANTIATE(T) \
  template struct Case<T>;  \
  template Case<T> make_case(const Recipe&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::cases
