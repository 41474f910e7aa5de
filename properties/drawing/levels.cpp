// SPDX-License-Identifier: MIT
// The levels of each axis: how a recipe is set to one, and whether it is of one.
#include "properties/drawing/levels.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

namespace xent::properties {
namespace {

using cases::Band;
using cases::Random;
using cases::Recipe;
using cases::TargetKind;

std::vector<Level> of_dtypes() {
  std::vector<Level> all;
  for (std::size_t k = 0; k < std::size(all_dtypes); ++k)
    all.push_back(
        {.name = std::string(xent::to_string(all_dtypes[k])),
         .set = [](Recipe& r, const Level& l, Random&) { r.dtype = all_dtypes[l.choice]; },
         .holds = [](const Recipe& r, const Level& l) { return r.dtype == all_dtypes[l.choice]; },
         .choice = k});
  return all;
}

std::vector<Level> of_logits() {
  const auto set = [](Recipe& r, const Level& l, Random&) {
    r.family = l.family;
    r.scale = l.scale(format_of(r.dtype));
  };
  const auto holds = [](const Recipe& r, const Level& l) {
    return r.family == l.family && r.scale == l.scale(format_of(r.dtype));
  };
  return {
#define XENT_LOGITS(level, name_of_family, size) \
  {.name = #level,                               \
   .set = set,                                   \
   .holds = holds,                               \
   .family = #name_of_family,                    \
   .scale = [](const Format& f) { return std::min(static_cast<double>(size), f.largest); }},
#include "properties/drawing/levels.def"
  };
}

std::vector<Level> of_weights() {
  std::vector<Level> all = {{.name = "absent",
                             .set = [](Recipe& r, const Level&, Random&) { r.weighted = false; },
                             .holds = [](const Recipe& r, const Level&) { return !r.weighted; }}};
  const auto add = [&](std::string name, Band band) {
    all.push_back(
        {.name = std::move(name),
         .set =
             [](Recipe& r, const Level& l, Random&) {
               r.weighted = true;
               r.weights = l.band;
             },
         .holds = [](const Recipe& r, const Level& l) { return r.weighted && r.weights == l.band; },
         .band = band});
  };
#define XENT_WEIGHT(name) add(#name, Band::name);
#include "properties/drawing/levels.def"
  return all;
}

std::vector<Level> of_targets() {
  std::vector<Level> all;
  const auto add = [&](TargetKind kind, Band band) {
    const Recipe shown{.targets = kind, .probs = band};
    all.push_back({.name = cases::targets_text(shown),
                   .set =
                       [](Recipe& r, const Level& l, Random&) {
                         r.targets = cases::all_target_kinds[l.choice];
                         r.probs = l.band;
                       },
                   .holds =
                       [](const Recipe& r, const Level& l) {
                         return r.targets == cases::all_target_kinds[l.choice] && r.probs == l.band;
                       },
                   .choice = static_cast<std::size_t>(kind),
                   .band = band});
  };
#define XENT_TARGETS(kind, band) add(TargetKind::kind, Band::band);
#include "properties/drawing/levels.def"
  return all;
}

/// A number of the level: its ends are one, or the drawn one is below the upper by up to 2^30.
double number_of(const Level& l, Random& random) {
  return l.least == l.most ? l.least : l.most * std::exp2(random.uniform(-30, 0));
}

/// The levels of a number of a recipe, with the ends of each.
std::vector<Level> of_number(double Recipe::*number, std::vector<Level> all) {
  for (Level& level : all) {
    level.number = number;
    level.set = [](Recipe& r, const Level& l, Random& random) {
      r.*l.number = number_of(l, random);
    };
    level.holds = [](const Recipe& r, const Level& l) {
      return l.least <= r.*l.number && r.*l.number <= l.most;
    };
  }
  return all;
}

#define XENT_NUMBER(level, from, to) {.name = #level, .least = (from), .most = (to)},

std::vector<Level> of_smoothings() {
  return of_number(&Recipe::smoothing, {
#define XENT_SMOOTHING XENT_NUMBER
#include "properties/drawing/levels.def"
                                       });
}

std::vector<Level> of_z_losses() {
  return of_number(&Recipe::z_loss, {
#define XENT_Z_LOSS XENT_NUMBER
#include "properties/drawing/levels.def"
                                    });
}

std::vector<Level> of_temperatures() {
  return of_number(&Recipe::temperature, {
#define XENT_TEMPERATURE XENT_NUMBER
#include "properties/drawing/levels.def"
                                         });
}

std::vector<Level> of_softcaps() {
  return of_number(&Recipe::softcap, {
#define XENT_SOFTCAP XENT_NUMBER
#include "properties/drawing/levels.def"
                                     });
}

#undef XENT_NUMBER

std::vector<Level> of_classes() {
  const auto set = [](Recipe& r, const Level& l, Random& random) {
    const auto least = static_cast<std::ptrdiff_t>(l.least);
    r.classes = least + random.below(static_cast<std::ptrdiff_t>(l.most) - least + 1);
  };
  const auto holds = [](const Recipe& r, const Level& l) {
    const auto classes = static_cast<double>(r.classes);
    return l.least <= classes && classes <= l.most;
  };
  return {
#define XENT_CLASSES(level, from, to) \
  {.name = #level, .set = set, .holds = holds, .least = (from), .most = (to)},
#include "properties/drawing/levels.def"
  };
}

std::vector<Level> of_reductions() {
  std::vector<Level> all;
  for (std::size_t k = 0; k < std::size(all_reductions); ++k)
    all.push_back(
        {.name = std::string(xent::to_string(all_reductions[k])),
         .set = [](Recipe& r, const Level& l, Random&) { r.reduction = all_reductions[l.choice]; },
         .holds = [](const Recipe& r,
                     const Level& l) { return r.reduction == all_reductions[l.choice]; },
         .choice = k});
  return all;
}

}  // namespace

std::string_view to_string(Axis axis) {
  constexpr std::array<std::string_view, axes> names = {
      "dtype",  "logits",      "weight",  "targets", "smoothing",
      "z_loss", "temperature", "softcap", "classes", "reduction"};
  return names[static_cast<std::size_t>(axis)];
}

std::span<const Level> levels(Axis axis) {
  static const std::array<std::vector<Level>, axes> all = {
      of_dtypes(),   of_logits(),       of_weights(),  of_targets(), of_smoothings(),
      of_z_losses(), of_temperatures(), of_softcaps(), of_classes(), of_reductions()};
  return all[static_cast<std::size_t>(axis)];
}

cases::Recipe recipe_of(const Choice& choice, std::uint64_t seed, bool ignoring) {
  Random random(seed, 0);
  Recipe recipe;
  for (std::size_t a = 0; a < axes; ++a) {
    const Level& level = levels(all_axes[a])[choice[a]];
    level.set(recipe, level, random);
  }
  constexpr std::ptrdiff_t wide = 500;
  recipe.rows = recipe.classes > wide ? 1 : 1 + random.below(3);
  recipe.ignoring = ignoring && recipe.targets == TargetKind::labels && random.one_in(4);
  recipe.seed = seed;
  return recipe;
}

std::array<std::optional<std::size_t>, axes> levels_of(const Recipe& recipe) {
  std::array<std::optional<std::size_t>, axes> found;
  if (recipe.input != Input::logits || recipe.kl_divergence)
    return found;  // the levels are those of the cross-entropy of logits
  for (std::size_t a = 0; a < axes; ++a) {
    const auto all = levels(all_axes[a]);
    for (std::size_t k = 0; k < all.size() && !found[a]; ++k)
      if (all[k].holds(recipe, all[k])) found[a] = k;
  }
  return found;
}

}  // namespace xent::properties
