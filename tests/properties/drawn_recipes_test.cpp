// SPDX-License-Identifier: MIT
// Drawn recipes: inside the scope and the offers, one half of them plain, and shrunk to what fails.
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "properties/drawing/recipes.hpp"
#include "properties/drawing/search.hpp"

namespace {

using namespace xent;
using namespace xent::properties;
using cases::Recipe;
using cases::TargetKind;

constexpr int many = 1000;

rc::Gen<Recipe> generator(const Scope& scope, const Offers& offers) {
  const Domain domain;
  return recipes(scope, domain, offers, candidates(scope, DType::f32, domain));
}

std::vector<Recipe> drawn(const Scope& scope, const Offers& offers) {
  std::vector<Recipe> all;
  search(generator(scope, offers), 1, many, [&](const Recipe& recipe) {
    all.push_back(recipe);
    return true;
  });
  return all;
}

/// The smallest recipe of which `is_wrong` is true.
Recipe shrunk(const std::function<bool(const Recipe&)>& is_wrong) {
  Recipe last;
  search(generator({}, everything), 1, many, [&](const Recipe& recipe) {
    if (is_wrong(recipe)) last = recipe;
    return !is_wrong(recipe);
  });
  return last;
}

Offers offers_of(const Recipe& r) {
  return {.csr = r.targets == TargetKind::csr,
          .weight = r.weighted,
          .row_weight = r.row_weighted,
          .ignore_index = r.ignoring,
          .input = r.input != Input::logits,
          .kl_divergence = r.kl_divergence,
          .label_smoothing = r.smoothing != 0,
          .z_loss = r.z_loss != 0,
          .temperature = r.temperature != 0,
          .softcap = r.softcap != 0,
          .clip = r.clip != 0};
}

bool is_plain(const Recipe& r) {
  const Offers has = offers_of(r);
  return !has.csr && !has.weight && !has.row_weight && !has.ignore_index && !has.label_smoothing &&
         !has.input && !has.kl_divergence && !has.z_loss && !has.temperature && !has.softcap &&
         !has.clip;
}

/// How often each option is drawn where both have those, and that the others never are.
void check_drawn(const Offers& of_law, const Offers& of_implementation, bool Offers::*which) {
  const Offers both = of_law & of_implementation;
  int plain = 0;
  int found = 0;
  for (const Recipe& recipe : drawn({.options = of_law}, of_implementation)) {
    check_recipe(recipe);
    const Offers has = offers_of(recipe);
    plain += is_plain(recipe) ? 1 : 0;
    found += has.*which ? 1 : 0;
    EXPECT_TRUE((both.csr || !has.csr) && (both.weight || !has.weight) &&
                (both.row_weight || !has.row_weight) && (both.ignore_index || !has.ignore_index) &&
                (both.label_smoothing || !has.label_smoothing) && (both.z_loss || !has.z_loss) &&
                (both.input || !has.input))
        << to_string(recipe) + " has no more than both have";
  }
  EXPECT_GE(plain, many / 2 - 50) << std::to_string(plain) + " of 1000 are plain";
  EXPECT_TRUE(both.*which ? found > 50 : found == 0)
      << std::to_string(found) + " of 1000 have the option";
}

TEST(DrawnRecipes, EachOption) {
  for (const auto which :
       {&Offers::csr, &Offers::weight, &Offers::row_weight, &Offers::ignore_index, &Offers::input,
        &Offers::label_smoothing, &Offers::z_loss, &Offers::temperature, &Offers::softcap}) {
    check_drawn(everything, everything, which);
    Offers without = everything;
    without.*which = false;
    check_drawn(without, everything, which);
    check_drawn(everything, without, which);
  }
  for (const Recipe& recipe : drawn({}, {})) EXPECT_TRUE(is_plain(recipe)) << "nothing is offered";
}

/// Of every element type, what is drawn can be made.
TEST(DrawnRecipes, EachType) {
  for (const DType dtype : all_dtypes) {
    const auto generator =
        recipes({.special = true}, {}, everything, candidates({.special = true}, dtype, {}));
    search(generator, 1, many, [&](const Recipe& recipe) {
      check_recipe(recipe);
      EXPECT_EQ(recipe.dtype, dtype) << to_string(recipe) + " is of the type asked for";
      return true;
    });
  }
}

/// A wide family is drawn with as many classes as it needs, and a heavy one with weights where the
/// domain has room for them.
TEST(DrawnRecipes, WideAndHeavy) {
  constexpr std::string_view only[] = {"deep_tail"};
  const Scope scope{.families = only};
  const auto found = [&](const Domain& domain) {
    int wide = 0;
    int weighted = 0;
    search(recipes(scope, domain, everything, candidates(scope, DType::f32, domain)), 1, many,
           [&](const Recipe& recipe) {
             wide += recipe.classes == 100'000 && recipe.rows == 1 ? 1 : 0;
             weighted += recipe.weighted ? 1 : 0;
             EXPECT_TRUE(lies_within(recipe, domain)) << to_string(recipe) + " lies in the domain";
             return true;
           });
    return std::pair(wide, weighted);
  };
  const auto [wide, weighted] = found({});
  EXPECT_TRUE(wide > 4 && wide < 40) << std::to_string(wide) + " of 1000 are wide";
  EXPECT_GT(weighted, 150) << std::to_string(weighted) + " of 1000 are weighted";
  EXPECT_EQ(found({.max_weight = 0x1p63}).second, 0) << "weights beyond the domain are not drawn";
  EXPECT_EQ(found({.max_classes = 1025}).first, 0) << "classes beyond the domain are not drawn";
}

/// The number of classes is found by halves.
TEST(DrawnRecipes, ClassesShrinkFast) {
  int tried = 0;
  Recipe last;
  constexpr std::string_view only[] = {"deep_tail"};
  const Scope scope{.families = only};
  search(recipes(scope, {}, everything, candidates(scope, DType::f32, {})), 1, many,
         [&](const Recipe& recipe) {
           ++tried;
           if (recipe.classes >= 70'001) last = recipe;
           return recipe.classes < 70'001;
         });
  EXPECT_EQ(last.classes, 70'001) << std::to_string(last.classes) + " classes are the fewest";
  EXPECT_LT(tried, many + 500) << std::to_string(tried) + " recipes were tried";
}

TEST(DrawnRecipes, OptionsAreDropped) {
  EXPECT_TRUE(to_string(shrunk([](const Recipe&) {
                return true;
              })).starts_with("f32/normal(1)/1x1/labels/none/"))
      << "what always fails shrinks to a plain row";
  const Recipe weighted = shrunk([](const Recipe& r) { return r.weighted && r.rows > 1; });
  EXPECT_TRUE(weighted.weighted && !weighted.ignoring && weighted.smoothing == 0 &&
              weighted.targets == TargetKind::labels && weighted.rows == 2)
      << to_string(weighted) + " has only what fails";
  const Recipe smoothed =
      shrunk([](const Recipe& r) { return r.smoothing != 0 && r.targets == TargetKind::csr; });
  EXPECT_TRUE(smoothed.smoothing != 0 && !smoothed.weighted && smoothed.classes == 1)
      << to_string(smoothed) + " has only what fails";
}

TEST(DrawnRecipes, WhatIsOutsideIsNamed) {
  const auto reason = [](const Offers& of_law, const Offers& offers, const Recipe& recipe) {
    return why_outside({.options = of_law}, Domain(), offers, recipe).value_or("inside");
  };
  const Recipe weighted{.weighted = true};
  EXPECT_EQ(reason(everything, everything, weighted), "inside") << "both have weights";
  EXPECT_EQ(reason({}, everything, weighted), "the law says nothing about weight") << "the law";
  EXPECT_EQ(reason(everything, {}, weighted), "weight is not offered") << "the implementation";
  EXPECT_EQ(reason(everything, {}, {.targets = TargetKind::csr}), "csr is not offered") << "csr";
  EXPECT_EQ(reason(everything, {}, {.ignoring = true}), "ignore_index is not offered") << "ignore";
  EXPECT_EQ(reason(everything, {}, {.smoothing = 0.1}), "label_smoothing is not offered") << "eps";
}

}  // namespace
