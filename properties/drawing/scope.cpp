// SPDX-License-Identifier: MIT
// What a scope and a domain hold between them.

#include "properties/drawing/scope.hpp"

#include <algorithm>
#include <iterator>

namespace xent::properties {
namespace {

template <class Values, class Value>
bool contains(const Values& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool offers_targets(const Offers& offers, cases::TargetKind targets) {
  switch (targets) {
    case cases::TargetKind::labels: return offers.labels;
    case cases::TargetKind::one_hot:
    case cases::TargetKind::probs: return offers.probs;
    case cases::TargetKind::csr: return offers.csr;
  }
  return false;
}

// What the recipe has and the offers lack, or "".
std::string lacking(const Offers& offers, const cases::Recipe& recipe) {
  if (!offers_targets(offers, recipe.targets)) return std::string(to_string(recipe.targets));
  if (recipe.weighted && !offers.weight) return "weight";
  if (recipe.row_weighted && !offers.row_weight) return "row_weight";
  if (recipe.ignoring && !offers.ignore_index) return "ignore_index";
  if (recipe.input != Input::logits && !offers.input) return "input";
  if (recipe.kl_divergence && !offers.kl_divergence) return "kl_divergence";
#define XENT_OPTION(name, word, ...) \
  if (recipe.word != 0 && !offers.name) return #name;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return "";
}

}  // namespace

std::string lacking(const Offers& offers, const Offers& wanted) {
  if (wanted.labels && !offers.labels) return "labels";
  if (wanted.probs && !offers.probs) return "probs";
  if (wanted.csr && !offers.csr) return "csr";
  if (wanted.weight && !offers.weight) return "weight";
  if (wanted.row_weight && !offers.row_weight) return "row_weight";
  if (wanted.ignore_index && !offers.ignore_index) return "ignore_index";
  if (wanted.input && !offers.input) return "input";
  if (wanted.kl_divergence && !offers.kl_divergence) return "kl_divergence";
#define XENT_OPTION(name, ...) \
  if (wanted.name && !offers.name) return #name;
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  return "";
}

std::vector<cases::TargetKind> offered_targets(std::span<const cases::TargetKind> targets,
                                               const Offers& offers) {
  std::vector<cases::TargetKind> offered;
  std::copy_if(targets.begin(), targets.end(), std::back_inserter(offered),
               [&](cases::TargetKind one) { return offers_targets(offers, one); });
  return offered;
}

std::optional<cases::Recipe> fit(cases::Recipe recipe, const Domain& domain) {
  const cases::Family* family = cases::find_family(recipe.family);
  constexpr int halvings = 64;
  for (int i = 0; family != nullptr && i < halvings; ++i) {
    if (family->magnitude(recipe.scale) <= format_of(recipe.dtype).largest &&
        cases::lies_within(recipe, domain))
      return recipe;
    recipe.scale /= 2;
  }
  return std::nullopt;
}

bool covers(const Scope& scope, const cases::Family& family) {
  if (!scope.families.empty() && !contains(scope.families, family.name)) return false;
  return scope.special || !family.special;
}

std::optional<std::string> why_outside(const Scope& scope, const Domain& domain) {
  if (scope.masks && !domain.masked) return "the domain leaves out logits of -inf";
  return std::nullopt;
}

std::optional<std::string> why_outside(const Scope& scope, const Domain& domain,
                                       const Offers& offers, const cases::Recipe& recipe) {
  const cases::Family* family = cases::find_family(recipe.family);
  if (family == nullptr || !covers(scope, *family))
    return "the law says nothing about the family " + recipe.family;
  if (!contains(scope.targets, recipe.targets))
    return "the law says nothing about " + std::string(to_string(recipe.targets));
  if (!contains(scope.reductions, recipe.reduction))
    return "the law says nothing about the reduction " + std::string(to_string(recipe.reduction));
  if (const std::string what = lacking(scope.options, recipe); !what.empty())
    return "the law says nothing about " + what;
  if (const std::string what = lacking(offers, recipe); !what.empty())
    return what + " is not offered";
  if (recipe.rows < scope.min_rows)
    return "the law needs " + std::to_string(scope.min_rows) + " rows";
  if (!cases::lies_within(recipe, domain)) return "the case is outside the domain";
  return why_outside(scope, domain);
}

}  // namespace xent::properties
