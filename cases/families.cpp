// SPDX-License-Identifier: MIT
// The list of families, and whether their cases lie in a domain.
#include <array>
#include <cmath>

#include <xent/mapped_logit.hpp>

#include "cases/family.hpp"
#include "cases/options.hpp"

namespace xent::cases {
namespace {

constexpr std::array sources = {
#define XENT_FAMILY(name) &name##_family,
#include "cases/families.def"
#undef XENT_FAMILY
};

/// Returns the magnitudes of the weights of the rows.
Magnitudes row_weights_of(const Recipe& recipe) {
  const int exponent = recipe.row_weighted ? weight_exponent(recipe.dtype, false) : 0;
  return {std::ldexp(1, -exponent), std::ldexp(1, exponent)};
}

/// Returns the magnitudes of the weights of the classes.
Magnitudes weights_of(const Recipe& recipe, const Family& family) {
  if (!recipe.weighted) return {1, 1};
  if (recipe.weights != Band::ordinary)
    return magnitudes_of(recipe.weights, format_of(recipe.dtype));
  const int exponent = weight_exponent(recipe.dtype, family.heavy);
  return {std::ldexp(1, family.heavy ? 0 : -exponent), std::ldexp(1, exponent)};
}

}  // namespace

std::vector<Family> families() {
  std::vector<Family> all;
  all.reserve(sources.size());
  for (const FamilySource* source : sources) all.push_back(source->family);
  return all;
}

const FamilySource* find_source(std::string_view name) {
  for (const FamilySource* source : sources)
    if (source->family.name == name) return source;
  return nullptr;
}

const Family* find_family(std::string_view name) {
  const FamilySource* source = find_source(name);
  return source == nullptr ? nullptr : &source->family;
}

bool lies_within(const Recipe& recipe, const Domain& domain) {
  const Family* family = find_family(recipe.family);
  if (family == nullptr) return false;
  const Options options = options_of(recipe);
  const double magnitude =
      is_given(options) ? 0 : mapped_logit(options, family->magnitude(recipe.scale));
  const Magnitudes weights = weights_of(recipe, *family);
  const Magnitudes row_weights = row_weights_of(recipe);
  const Magnitudes probs = magnitudes_of(recipe.probs, format_of(recipe.dtype));
  return domain.holds_weight(row_weights.least) && domain.holds_weight(row_weights.largest) &&
         domain.holds_weight(weights.least) && domain.holds_weight(weights.largest) &&
         domain.holds_prob(probs.largest) && domain.holds_options(options) &&
         recipe.classes <= domain.max_classes && magnitude <= domain.max_logit &&
         -magnitude >= domain.min_logit && (domain.masked || !family->masked) &&
         (domain.special || !family->special);
}

}  // namespace xent::cases
