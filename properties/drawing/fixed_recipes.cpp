// SPDX-License-Identifier: MIT
// Which cases accuracy is measured on.

#include "properties/drawing/fixed_recipes.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>

#include "properties/drawing/scope.hpp"

namespace xent::properties {
namespace {

using cases::Recipe;
using cases::TargetKind;

std::vector<Recipe> of_data_set(const cases::Family& family, Recipe recipe) {
  recipe.rows = family.rows;
  recipe.classes = family.classes;
  Recipe dense = recipe;
  dense.targets = TargetKind::one_hot;
  return {recipe, dense};
}

// Labels and probs at each size.
void add_sizes(const cases::Family& family, Recipe recipe, const Budget& budget,
               std::vector<Recipe>& recipes) {
  std::vector<std::ptrdiff_t> sizes(std::begin(judged_classes), std::end(judged_classes));
  if (family.classes != 0) sizes = {family.classes};
  const std::ptrdiff_t logits = budget.family_logits / (family.hard ? 32 : 1);
  const std::ptrdiff_t fewest = family.hard ? 1 : budget.family_rows;
  const std::ptrdiff_t most = family.hard ? budget.most_soft_classes : budget.most_classes;
  for (const std::ptrdiff_t classes : sizes) {
    recipe.classes = classes;
    recipe.rows = std::max(logits / classes, fewest);
    recipe.targets = TargetKind::labels;
    if (classes <= most) recipes.push_back(recipe);
    recipe.targets = TargetKind::probs;
    if (classes <= budget.most_soft_classes) recipes.push_back(recipe);
  }
}

// Labels and csr, each with the options that are offered.
void add_options(const cases::Family& family, Recipe recipe, const Offers& offers,
                 std::vector<Recipe>& recipes) {
  recipe.rows = 32;
  recipe.classes = family.classes != 0 ? family.classes : 33;
  recipe.weighted = offers.weight;
  recipe.ignoring = offers.ignore_index;
  if (recipe.weighted || recipe.ignoring) recipes.push_back(recipe);
  recipe.targets = TargetKind::csr;
  recipe.ignoring = false;
  const Offers taken = offers & only_coefficients;
#define XENT_OPTION(name, word, least, most, ...) recipe.word = taken.name ? 0.1 * (most) : 0;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  if (offers.csr) recipes.push_back(recipe);
}

}  // namespace

std::vector<Recipe> fixed_recipes(const cases::Family& family, DType dtype, const Domain& domain,
                                  const Offers& offers, const Budget& budget) {
  Recipe recipe{.dtype = dtype, .family = std::string(family.name)};
  std::vector<Recipe> recipes;
  if (family.data_set) {
    recipes = of_data_set(family, recipe);
  } else if (!family.extreme) {
    recipe.scale = family.typical_scale;
    recipe = fit(recipe, domain).value_or(recipe);
    add_sizes(family, recipe, budget, recipes);
    add_options(family, recipe, offers, recipes);
  }
  std::erase_if(recipes, [&](const Recipe& one) {
    return offered_targets(std::span(&one.targets, 1), offers).empty();
  });
  return recipes;
}

}  // namespace xent::properties
