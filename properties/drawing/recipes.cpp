// SPDX-License-Identifier: MIT
// Drawing and shrinking recipes.

#include "properties/drawing/recipes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace xent::properties {
namespace {

constexpr std::ptrdiff_t max_logits = 4096;

// Around the widths of vectors and of blocks, and in between.
constexpr std::array<std::ptrdiff_t, 12> few_classes = {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17};
constexpr std::array<std::ptrdiff_t, 8> some_classes = {31, 32, 33, 63, 64, 65, 100, 129};
constexpr std::array<std::ptrdiff_t, 5> many_classes = {255, 257, 1000, 1023, 1025};

// Of a wide family mostly many, and in one of 64 recipes as many as it shows all in.
rc::Gen<std::ptrdiff_t> class_counts(const cases::Family& family) {
  const std::size_t wide = family.wide == 0 ? 0 : 1;
  return rc::gen::weightedOneOf<std::ptrdiff_t>(
      {{wide == 0 ? 10 : 16, rc::gen::elementOf(few_classes)},
       {wide == 0 ? 5 : 16, rc::gen::elementOf(some_classes)},
       {wide == 0 ? 2 : 31, rc::gen::elementOf(many_classes)},
       {wide, rc::gen::just(family.wide)}});
}

template <class Values>
auto any_of(const Values& values) {
  using Value = std::decay_t<decltype(*values.begin())>;
  return rc::gen::elementOf(std::vector<Value>(values.begin(), values.end()));
}

rc::Gen<Candidate> weighted(const std::vector<Candidate>& candidates) {
  std::vector<Candidate> lots;
  for (const Candidate& candidate : candidates)
    lots.insert(lots.end(), candidate.weight, candidate);
  return rc::gen::elementOf(lots);
}

// A number of that share of a range; of its logarithm where the range does not begin at 0, and then
// no power of two, so that quotients by it are rounded.
double number_in(double least, double most, double share) {
  return least == 0 ? share * most : std::min(1.37 * least * std::pow(most / least, share), most);
}

// Takes from the recipe the options that its input and its targets do not take.
void drop_unfit(cases::Recipe& recipe) {
  if (recipe.targets == cases::TargetKind::labels || recipe.weighted) recipe.kl_divergence = false;
  if (recipe.input != Input::logits) recipe.z_loss = recipe.temperature = recipe.softcap = 0;
  if (recipe.input != Input::probs) recipe.clip = 0;
}

// A form of targets and, in one half of the recipes, options; labels, which take all, more often.
void draw_targets(const Scope& scope, const Offers& offers, cases::Recipe& recipe) {
  using enum cases::TargetKind;
  const bool plain = *rc::gen::element(true, false);
  std::vector<cases::TargetKind> kinds(scope.targets.begin(), scope.targets.end());
  if (plain || !offers.csr) std::erase(kinds, csr);
  if (!plain && kinds.front() == labels) kinds.push_back(labels);
  recipe.targets = *any_of(kinds);
  if (plain) return;
  const auto drawn = [](bool offered) { return offered && *rc::gen::element(true, false); };
  recipe.weighted = drawn(offers.weight);
  recipe.row_weighted = drawn(offers.row_weight);
  recipe.ignoring = drawn(offers.ignore_index && recipe.targets == labels);
  if (drawn(offers.input))
    recipe.input = *rc::gen::element(Input::logits, Input::logits, Input::log_probs, Input::probs);
  recipe.kl_divergence = drawn(offers.kl_divergence);
#define XENT_OPTION(name, word, least, most, ...)                                    \
  if (const double share = *rc::gen::element(0.1, 0.1, 0.1, 0.5, 0.9, 1.0, 0x1p-30); \
      drawn(offers.name))                                                            \
    recipe.word = number_in(least, most, share);
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  drop_unfit(recipe);
}

cases::Recipe draw(const Scope& scope, const Domain& domain, const Offers& offers,
                   const std::vector<Candidate>& candidates) {
  cases::Recipe recipe = (*weighted(candidates)).recipe;
  const cases::Family& family = *cases::find_family(recipe.family);
  const std::ptrdiff_t classes = *class_counts(family);
  recipe.classes = family.classes != 0 ? family.classes : std::min(classes, domain.max_classes);
  const std::ptrdiff_t rows = *rc::gen::element<std::ptrdiff_t>(1, 1, 1, 2, 3, 4, 5, 8);
  recipe.rows = std::max(scope.min_rows, std::min(rows, max_logits / recipe.classes));
  draw_targets(scope, offers, recipe);
  recipe.reduction = *any_of(scope.reductions);
  recipe.seed = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << 32U);
  const double factor = *rc::gen::element(0.125, 0.25, 0.5, 1.0, 1.0, 1.0, 1.5, 2.0);
  recipe.scale *= factor;
  if (const auto fitting = fit(recipe, domain)) return *fitting;
  recipe.weighted = false;  // those of a heavy family may lie outside
  recipe.row_weighted = false;
  if (const auto fitting = fit(recipe, domain)) return *fitting;
  recipe.temperature = 0;       // a small one takes offsets outside
  return *fit(recipe, domain);  // a smaller scale than a candidate's always fits
}

template <class Change>
void add_shrink(std::vector<cases::Recipe>& simpler, cases::Recipe recipe, Change change) {
  change(recipe);
  simpler.push_back(recipe);
}

// Every shrink lowers (options, family, rows, classes, scale, targets, reduction) in one place and
// raises it in none, so that shrinking ends.
std::vector<cases::Recipe> shrinks(const cases::Recipe& recipe, const Scope& scope,
                                   const std::vector<Candidate>& candidates) {
  std::vector<cases::Recipe> simpler;
#define XENT_OPTION(name, word, ...) \
  if (recipe.word != 0) add_shrink(simpler, recipe, [](auto& r) { r.word = 0; });
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  if (recipe.input != Input::logits)
    add_shrink(simpler, recipe, [](auto& r) {
      r.input = Input::logits;
      drop_unfit(r);
    });
  if (recipe.kl_divergence) add_shrink(simpler, recipe, [](auto& r) { r.kl_divergence = false; });
  if (recipe.ignoring) add_shrink(simpler, recipe, [](auto& r) { r.ignoring = false; });
  if (recipe.row_weighted) add_shrink(simpler, recipe, [](auto& r) { r.row_weighted = false; });
  if (recipe.weighted)
    add_shrink(simpler, recipe, [](auto& r) {
      r.weighted = false;
      r.weights = cases::Band::ordinary;
    });
  if (recipe.weights != cases::Band::ordinary)
    add_shrink(simpler, recipe, [](auto& r) { r.weights = cases::Band::ordinary; });
  if (recipe.probs != cases::Band::ordinary)
    add_shrink(simpler, recipe, [](auto& r) { r.probs = cases::Band::ordinary; });
  for (const std::ptrdiff_t c : {std::ptrdiff_t{1}, std::ptrdiff_t{2}})
    if (c < recipe.classes) add_shrink(simpler, recipe, [&](auto& r) { r.classes = c; });
  for (std::ptrdiff_t less = recipe.classes / 2; less > 0; less /= 2)
    add_shrink(simpler, recipe, [&](auto& r) { r.classes -= less; });
  for (const std::ptrdiff_t n : {scope.min_rows, recipe.rows / 2, recipe.rows - 1})
    if (scope.min_rows <= n && n < recipe.rows)
      add_shrink(simpler, recipe, [&](auto& r) { r.rows = n; });
  for (const Candidate& candidate : candidates) {
    if (candidate.recipe.family == recipe.family) break;
    add_shrink(simpler, recipe, [&](auto& r) {
      r.family = candidate.recipe.family;
      r.scale = candidate.recipe.scale;
    });
  }
  if (recipe.scale > 1)
    add_shrink(simpler, recipe, [](auto& r) { r.scale = std::max(1.0, r.scale / 2); });
  if (recipe.targets != scope.targets.front())
    add_shrink(simpler, recipe, [&](auto& r) {
      r.targets = scope.targets.front();
      r.probs = cases::Band::ordinary;
      drop_unfit(r);
    });
  if (recipe.reduction != scope.reductions.front())
    add_shrink(simpler, recipe, [&](auto& r) { r.reduction = scope.reductions.front(); });
  return simpler;
}

// Whether the recipe's number of classes is one that its family has.
bool has_shape(const cases::Recipe& recipe) {
  const std::ptrdiff_t fixed = cases::find_family(recipe.family)->classes;
  return fixed == 0 || fixed == recipe.classes;
}

std::size_t weight_of(const cases::Family& family) {
  if (family.special) return 1;
  return family.name == "normal" || family.name == "confident" ? 4 : 2;
}

}  // namespace

std::vector<Candidate> candidates(const Scope& scope, DType dtype, const Domain& domain) {
  std::vector<Candidate> found;
  for (const cases::Family& family : cases::families()) {
    if (family.data_set || family.extreme || !covers(scope, family)) continue;
    const cases::Recipe typical{.dtype = dtype,
                                .family = std::string(family.name),
                                .scale = family.typical_scale,
                                .rows = scope.min_rows,
                                .classes = family.classes != 0 ? family.classes : 1};
    if (const auto recipe = fit(typical, domain)) found.push_back({*recipe, weight_of(family)});
  }
  return found;
}

std::vector<cases::Recipe> simpler_recipes(const cases::Recipe& recipe, const Scope& scope,
                                           const Domain& domain,
                                           const std::vector<Candidate>& candidates) {
  std::vector<cases::Recipe> kept;
  for (const cases::Recipe& r : shrinks(recipe, scope, candidates))
    if (has_shape(r) && cases::lies_within(r, domain)) kept.push_back(r);
  return kept;
}

rc::Gen<cases::Recipe> recipes(const Scope& scope, const Domain& domain, const Offers& offers,
                               const std::vector<Candidate>& candidates) {
  const auto simpler = [=](const cases::Recipe& recipe) {
    return rc::seq::fromContainer(simpler_recipes(recipe, scope, domain, candidates));
  };
  const Offers options = scope.options & offers;
  const auto drawn = rc::gen::exec([=] { return draw(scope, domain, options, candidates); });
  // always of the nominal size: RapidCheck's own sizes begin at 0
  return {[=](const rc::Random& random, int) {
    return rc::shrinkable::shrinkRecur(drawn(random, rc::kNominalSize).value(), simpler);
  }};
}

}  // namespace xent::properties
