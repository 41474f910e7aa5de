// SPDX-License-Identifier: MIT
// Pairwise choices: a pair that is still missing is completed level by level, each time by the one
// that adds most missing pairs; of several attempts the best is taken.

#include "bench/plans/pairwise.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <set>

namespace xent::bench {
namespace {

/// Two factors, ascending, and a level of each.
using LevelPair = std::array<std::size_t, 4>;

LevelPair pair_of(std::size_t f, std::size_t of_f, std::size_t g, std::size_t of_g) {
  return f < g ? LevelPair{f, g, of_f, of_g} : LevelPair{g, f, of_g, of_f};
}

class Cover {
 public:
  Cover(std::span<const std::size_t> levels, const Allowed& allowed, unsigned seed)
      : levels_(levels), allowed_(allowed), random_(seed) {
    for (std::size_t f = 0; f < levels.size(); ++f)
      for (std::size_t g = f + 1; g < levels.size(); ++g)
        for (std::size_t a = 0; a < levels[f]; ++a)
          for (std::size_t b = 0; b < levels[g]; ++b) add_missing({f, g, a, b});
  }

  std::vector<Choice> choices() {
    std::vector<Choice> all;
    while (!missing_.empty()) {
      Choice best = completed(*missing_.begin());
      for (int attempt = 1; attempt < 30; ++attempt)
        if (Choice other = completed(*missing_.begin()); gain(other) > gain(best))
          best = std::move(other);
      for (const LevelPair& pair : pairs_of(best)) missing_.erase(pair);
      all.push_back(std::move(best));
    }
    return all;
  }

 private:
  void add_missing(const LevelPair& pair) {
    Choice choice(levels_.size(), 0);
    choice[pair[0]] = pair[2];
    choice[pair[1]] = pair[3];
    if (allowed_(choice)) missing_.insert(pair);
  }

  static std::vector<LevelPair> pairs_of(const Choice& choice) {
    std::vector<LevelPair> pairs;
    for (std::size_t f = 0; f < choice.size(); ++f)
      for (std::size_t g = f + 1; g < choice.size(); ++g)
        pairs.push_back({f, g, choice[f], choice[g]});
    return pairs;
  }

  std::size_t gain(const Choice& choice) const {
    const std::vector<LevelPair> pairs = pairs_of(choice);
    return static_cast<std::size_t>(std::ranges::count_if(
        pairs, [&](const LevelPair& pair) { return missing_.contains(pair); }));
  }

  /// The missing pairs of that level with the levels that are set.
  std::size_t gain(std::size_t factor, std::size_t level, const Choice& choice,
                   std::span<const std::size_t> set) const {
    return static_cast<std::size_t>(std::ranges::count_if(set, [&](std::size_t other) {
      return missing_.contains(pair_of(factor, level, other, choice[other]));
    }));
  }

  /// A choice with that pair. The factors are set in an order drawn anew; those that are not set
  /// have level 0.
  Choice completed(const LevelPair& pair) {
    Choice choice(levels_.size(), 0);
    choice[pair[0]] = pair[2];
    choice[pair[1]] = pair[3];
    std::vector<std::size_t> set = {pair[0], pair[1]};
    std::vector<std::size_t> order(levels_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[random_() % k]);
    for (const std::size_t factor : order)
      if (factor != pair[0] && factor != pair[1]) {
        set_best(factor, set, choice);
        set.push_back(factor);
      }
    return choice;
  }

  void set_best(std::size_t factor, std::span<const std::size_t> set, Choice& choice) {
    const std::size_t first = random_() % levels_[factor];
    std::size_t best = 0, most = 0;
    for (std::size_t k = 0; k < levels_[factor]; ++k) {
      const std::size_t level = (first + k) % levels_[factor];
      choice[factor] = level;
      if (!allowed_(choice)) continue;
      const std::size_t gained = 1 + gain(factor, level, choice, set);
      if (gained > most) {
        most = gained;
        best = level;
      }
    }
    choice[factor] = best;
  }

  std::span<const std::size_t> levels_;
  const Allowed& allowed_;
  std::mt19937 random_;
  std::set<LevelPair> missing_;
};

}  // namespace

std::vector<Choice> pairwise_choices(std::span<const std::size_t> levels, const Allowed& allowed,
                                     unsigned seed) {
  return Cover(levels, allowed, seed).choices();
}

std::vector<Choice> all_choices(std::span<const std::size_t> levels, const Allowed& allowed) {
  std::vector<Choice> all;
  Choice choice(levels.size(), 0);
  for (;;) {
    if (allowed(choice)) all.push_back(choice);
    std::size_t f = levels.size();
    while (f > 0 && ++choice[f - 1] == levels[f - 1]) choice[--f] = 0;
    if (f == 0) return all;
  }
}

}  // namespace xent::bench
