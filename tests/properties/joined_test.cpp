// SPDX-License-Identifier: MIT
// Joined recipes: of every implementation and element type every pair of levels that its domain
// holds, each in a recipe that is inside, and none in more recipes than `ci` draws.
#include "properties/drawing/joined.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "properties/budget.hpp"
#include "properties/drawing/pairs.hpp"
#include "tests/support/element_types.hpp"

namespace {

using namespace xent;
using namespace xent::properties;
using cases::Recipe;

int joined_by_ci() {
  const auto* ci = std::find_if(std::begin(budgets), std::end(budgets),
                                [](const Budget& budget) { return budget.name == "ci"; });
  return 2 * ci->cases / 3;
}

/// Of each level of each axis a recipe of it, and of no other.
TEST(Joined, EachLevelIsTold) {
  for (const DType dtype : all_dtypes)
    for (std::size_t a = 1; a < axes; ++a)
      for (std::size_t k = 0; k < levels(all_axes[a]).size(); ++k) {
        Choice choice = {};
        choice[0] = static_cast<std::size_t>(dtype);
        choice[a] = k;
        const Recipe recipe = recipe_of(choice, 7 * k + a, true);
        check_recipe(recipe);
        EXPECT_EQ(cases::parse_recipe(to_string(recipe)), recipe) << to_string(recipe) + " is read";
        const auto found = levels_of(recipe);
        for (std::size_t b = 0; b < axes; ++b)
          EXPECT_EQ(found[b], choice[b]) << fmt::format(
              "{} is of level {} of {}", to_string(recipe), choice[b], to_string(all_axes[b]));
      }
}

template <class T>
void each_pair_is_joined(const Implementation& implementation) {
  const Contract<T>& contract = implementation.contract<T>();
  const Scope scope{.special = true, .joined = true};
  const Drawn drawn = drawn_levels(scope, dtype_of<T>, contract.domain, contract.offers);
  Coverage coverage;
  coverage.add(drawn);
  const auto recipes = joined_recipes(drawn, 1, contract.offers.ignore_index, 1);
  const std::string name = fmt::format("{} {}", implementation.name, to_string(dtype_of<T>));
  for (const Recipe& recipe : recipes) {
    EXPECT_FALSE(why_outside(scope, contract.domain, contract.offers, recipe).has_value())
        << to_string(recipe) + " is inside the domain of " + name;
    coverage.add(recipe);
  }
  for (const auto& summary : coverage.summaries())
    EXPECT_GE(summary.least, 1) << name + ": " + to_string(summary.rarest) + " is never drawn";
  EXPECT_LE(std::ssize(recipes), joined_by_ci())
      << fmt::format("{}: {} recipes are more than ci draws", name, recipes.size());
}

/// Without a domain nothing is left out.
TEST(Joined, NothingIsOutside) {
  const Drawn drawn = drawn_levels({.special = true}, DType::f32, {}, everything);
  for (std::size_t a = 1; a < axes; ++a)
    EXPECT_EQ(std::find(drawn[a].begin(), drawn[a].end(), false), drawn[a].end())
        << std::string(to_string(all_axes[a])) + ": every level lies in the whole";
}

TEST(Joined, LevelsOutsideAreLeftOut) {
  const Drawn drawn = drawn_levels({}, DType::f64, {.max_weight = 0x1p64}, everything);
  const auto weights = levels(Axis::weight);
  for (std::size_t k = 0; k < weights.size(); ++k)
    EXPECT_EQ(drawn[static_cast<std::size_t>(Axis::weight)][k], (weights[k].name != "overflowing"))
        << "weights that overflow are outside, others are not: " + weights[k].name;
  const Drawn plain = drawn_levels({}, DType::f64, {}, {});
  for (std::size_t k = 1; k < weights.size(); ++k)
    EXPECT_FALSE(plain[static_cast<std::size_t>(Axis::weight)][k]) << "nor are weights not offered";
}

template <class T>
class JoinedOf : public testing::Test {};
TYPED_TEST_SUITE(JoinedOf, xent::tests::ElementTypes);

TYPED_TEST(JoinedOf, EachPair) {
  for (const Implementation* one : implementations()) each_pair_is_joined<TypeParam>(*one);
}

}  // namespace
