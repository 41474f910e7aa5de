// SPDX-License-Identifier: MIT
// A covering array of strength two, made greedily. Source: Cohen, Dalal, Fredman & Patton, "The
// AETG system", IEEE Trans. Software Eng. 23 (1997): each row takes a pair that is left, then, axis
// by axis in random order, the level that makes most pairs that are left.
#include "properties/drawing/joined.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

namespace xent::properties {
namespace {

using cases::Random;
using cases::Recipe;

/// A level of an axis.
using Place = std::pair<std::size_t, std::size_t>;
using PlacePair = std::pair<Place, Place>;

PlacePair ordered(Place a, Place b) { return a < b ? PlacePair{a, b} : PlacePair{b, a}; }

class Covering {
 public:
  Covering(const Drawn& drawn, Random& random) : drawn_(drawn), random_(random) {
    for (std::size_t a = 0; a < axes; ++a)
      for (std::size_t b = a + 1; b < axes; ++b)
        for (const std::size_t i : open_levels(a))
          for (const std::size_t j : open_levels(b)) left_.insert({{a, i}, {b, j}});
  }

  bool done() const { return left_.empty(); }

  Choice next() {
    const auto skipped = random_.below(std::ssize(left_));
    const PlacePair first = *std::next(left_.begin(), skipped);
    Choice choice = {};
    std::vector<Place> made = {first.first, first.second};
    for (const std::size_t axis : shuffled_axes()) {
      if (axis == first.first.first || axis == first.second.first) continue;
      made.emplace_back(axis, best_level(axis, made));
    }
    for (const Place& a : made) {
      choice[a.first] = a.second;
      for (const Place& b : made)
        if (a < b) left_.erase({a, b});
    }
    return choice;
  }

 private:
  std::vector<std::size_t> open_levels(std::size_t axis) const {
    std::vector<std::size_t> open;
    for (std::size_t k = 0; k < drawn_[axis].size(); ++k)
      if (drawn_[axis][k]) open.push_back(k);
    return open;
  }

  template <class T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t k = values.size(); k > 1; --k)
      std::swap(values[k - 1],
                values[static_cast<std::size_t>(random_.below(static_cast<std::ptrdiff_t>(k)))]);
  }

  std::vector<std::size_t> shuffled_axes() {
    std::vector<std::size_t> order(axes);
    std::iota(order.begin(), order.end(), std::size_t{0});
    shuffle(order);
    return order;
  }

  std::size_t best_level(std::size_t axis, const std::vector<Place>& made) {
    std::vector<std::size_t> open = open_levels(axis);
    shuffle(open);
    const auto gain = [&](std::size_t level) {
      return std::count_if(made.begin(), made.end(), [&](const Place& other) {
        return left_.contains(ordered({axis, level}, other));
      });
    };
    return *std::max_element(open.begin(), open.end(),
                             [&](std::size_t a, std::size_t b) { return gain(a) < gain(b); });
  }

  const Drawn& drawn_;
  Random& random_;
  std::set<PlacePair> left_;
};

/// Leaves out the temperatures that take logits of a drawn level outside: all pairs of levels that
/// remain lie in the domain.
template <class Inside>
void leave_out_temperatures(Drawn& drawn, Inside is_inside) {
  const auto all_logits = levels(Axis::logits);
  const auto temperatures = levels(Axis::temperature);
  const std::vector<bool>& drawn_logits = drawn[static_cast<std::size_t>(Axis::logits)];
  std::vector<bool>& left = drawn[static_cast<std::size_t>(Axis::temperature)];
  for (std::size_t t = 0; t < left.size(); ++t)
    for (std::size_t k = 0; k < drawn_logits.size(); ++k)
      if (drawn_logits[k] && !is_inside(all_logits[k], temperatures[t])) left[t] = false;
}

}  // namespace

Drawn drawn_levels(const Scope& scope, DType dtype, const Domain& domain, const Offers& offers) {
  Drawn drawn;
  Random random(0, 0);
  const auto is_inside = [&](const Recipe& recipe) {
    return recipe.dtype == dtype && !why_outside(scope, domain, offers, recipe).has_value();
  };
  for (std::size_t a = 0; a < axes; ++a)
    for (const Level& level : levels(all_axes[a])) {
      Recipe recipe{.dtype = dtype,
                    .family = "all_equal",
                    .scale = 0,
                    .rows = scope.min_rows,
                    .targets = scope.targets.front(),
                    .reduction = scope.reductions.front()};
      level.set(recipe, level, random);
      drawn[a].push_back(is_inside(recipe));
    }
  leave_out_temperatures(drawn, [&](const Level& logits, const Level& temperature) {
    Recipe recipe{.dtype = dtype,
                  .rows = scope.min_rows,
                  .targets = scope.targets.front(),
                  .reduction = scope.reductions.front()};
    logits.set(recipe, logits, random);
    temperature.set(recipe, temperature, random);
    return is_inside(recipe);
  });
  return drawn;
}

std::vector<Recipe> joined_recipes(const Drawn& drawn, std::ptrdiff_t min_rows, bool ignoring,
                                   std::uint64_t seed) {
  std::vector<Recipe> recipes;
  const auto is_empty = [](const std::vector<bool>& axis) {
    return std::find(axis.begin(), axis.end(), true) == axis.end();
  };
  if (std::any_of(drawn.begin(), drawn.end(), is_empty)) return recipes;
  Random random(seed, 1);
  Covering covering(drawn, random);
  while (!covering.done()) {
    Recipe recipe = recipe_of(covering.next(), random.next() >> 32U, ignoring);
    recipe.rows = std::max(recipe.rows, min_rows);
    recipes.push_back(std::move(recipe));
  }
  return recipes;
}

}  // namespace xent::properties
