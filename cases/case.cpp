// SPDX-License-Identifier: MIT
// A case is made row by row; each row has its own random streams, so that rows do not depend on how
// many there are, nor logits on the targets.
#include "cases/case.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include <fmt/format.h>

#include "cases/data_set.hpp"
#include "cases/family.hpp"
#include "cases/probs.hpp"

namespace xent::cases {
namespace {

Random logits_random(const Recipe& r, std::ptrdiff_t i) {
  return {r.seed, 2 * static_cast<std::uint64_t>(i)};
}
Random targets_random(const Recipe& r, std::ptrdiff_t i) {
  return {r.seed, 2 * static_cast<std::uint64_t>(i) + 1};
}

template <class T>
std::span<T> row_of(std::vector<T>& matrix, std::ptrdiff_t i, std::ptrdiff_t classes) {
  return std::span(matrix).subspan(static_cast<std::size_t>(i * classes),
                                   static_cast<std::size_t>(classes));
}

/// The largest T that is at most `bound`.
template <class T>
double largest_below(double bound) {
  const T nearest = static_cast<T>(bound);
  return double{nearest} <= bound ? nearest : std::nextafter(nearest, T{0});
}

/// Generates the logits, rounded to T within the family's magnitude, and returns the labels.
template <class T>
std::vector<std::int64_t> draw_rows(const Recipe& r, const FamilySource& source,
                                    std::vector<T>& logits) {
  const double bound = largest_below<T>(source.family.magnitude(r.scale));
  std::vector<std::int64_t> labels;
  std::vector<double> row(static_cast<std::size_t>(r.classes));
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    Random random = logits_random(r, i);
    labels.push_back(source.fill_numbers != nullptr
                         ? source.fill_numbers(r.scale, r.dtype, random, row)
                         : source.fill(r.scale, random, row));
    std::transform(row.begin(), row.end(), row_of(logits, i, r.classes).begin(), [bound](double x) {
      return static_cast<T>(std::isinf(x) ? x : std::clamp(x, -bound, bound));
    });
  }
  return labels;
}

/// Copies the logits of the rows seed, seed + 1, ... and returns their labels.
template <class T>
std::vector<std::int64_t> copy_rows(const Recipe& r, const Family& family, std::vector<T>& logits) {
  DataSet data = read_data_set(family);
  std::vector<std::int64_t> labels;
  const auto rows = static_cast<std::uint64_t>(family.rows);
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    const auto from =
        static_cast<std::ptrdiff_t>((r.seed % rows + static_cast<std::uint64_t>(i)) % rows);
    std::ranges::copy(row_of(data.logits, from, r.classes), row_of(logits, i, r.classes).begin());
    labels.push_back(data.labels[static_cast<std::size_t>(from)]);
  }
  return labels;
}

template <class T>
void fill_probs(const Family& family, const std::vector<std::int64_t>& labels, Case<T>& made) {
  const Recipe& r = made.recipe;
  made.probs.resize(made.logits.size());
  for (std::ptrdiff_t i = 0; i < r.rows; ++i) {
    const std::int64_t y = labels[static_cast<std::size_t>(i)];
    const std::span<T> probs = row_of(made.probs, i, r.classes);
    Random random = targets_random(r, i);
    if (r.targets == TargetKind::one_hot)
      fill_one_hot(y, probs);
    else if (family.data_set)
      fill_smoothed(y, random, probs);
    else
      fill_soft<T>(y, row_of(made.logits, i, r.classes), random, probs);
  }
}

}  // namespace

template <class T>
Problem<T> Case<T>::problem() const {
  Targets<T> targets = Labels<std::int64_t>{.data = labels.data(), .size = recipe.rows};
  if (recipe.targets != TargetKind::labels)
    targets = row_major(probs.data(), recipe.rows, recipe.classes);
  return {.logits = row_major(logits.data(), recipe.rows, recipe.classes),
          .targets = targets,
          .options = {.reduction = recipe.reduction}};
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
  auto labels = source.family.data_set ? copy_rows(recipe, source.family, made.logits)
                                       : draw_rows(recipe, source, made.logits);
  if (recipe.targets == TargetKind::labels)
    made.labels = std::move(labels);
  else
    fill_probs(source.family, labels, made);
  return made;
}

template struct Case<float>;
template struct Case<double>;
template Case<float> make_case(const Recipe&);
template Case<double> make_case(const Recipe&);

}  // namespace xent::cases
