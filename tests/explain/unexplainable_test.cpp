// SPDX-License-Identifier: MIT
// Nothing is claimed where nothing is wrong, and where what is wrong has no cause that anybody
// would name: noise, numbers of nowhere, losses in another order.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "cases/random.hpp"
#include "explain/explain.hpp"
#include "tests/explain/planted.hpp"
#include "tests/support/long_run.hpp"

namespace xent::tests {
namespace {

Plan random_plan(std::uint64_t seed) {
  cases::Random random(seed, 3);
  Plan plan;
  plan.recipe.seed = seed;
  plan.recipe.rows = 3 + random.below(60);
  plan.recipe.classes = 2 + random.below(50);
  plan.recipe.scale = random.uniform(0.5, 6);
  plan.recipe.weighted = random.one_in(3);
  plan.recipe.ignoring = random.one_in(3);
  plan.recipe.smoothing = random.one_in(3) ? 0.1 : 0;
  plan.recipe.reduction = random.one_in(2) ? Reduction::none : Reduction::mean;
  plan.with_grad = random.one_in(2);
  if (random.one_in(2) && plan.recipe.rows % 3 == 0) plan.row_shape = {plan.recipe.rows / 3, 3};
  return plan;
}

void add_noise(std::vector<float>& numbers, cases::Random& random) {
  for (float& x : numbers) x *= static_cast<float>(1 + 0.01 * random.normal());
}

// Spoils the results in the way of that number.
std::string_view spoil(int way, Planted<float>& results, cases::Random& random) {
  switch (way) {
    case 0:
      add_noise(results.loss, random);
      add_noise(results.grad, random);
      return "noise";
    case 1:
      for (std::size_t i = 0; i < results.loss.size(); i += 3)
        results.loss[i] = static_cast<float>(random.uniform(0, 10));
      return "wrong rows";
    case 2:
      std::ranges::reverse(results.loss);
      std::rotate(results.grad.begin(), results.grad.begin() + std::ssize(results.grad) / 3,
                  results.grad.end());
      return "another order";
    default:
      for (float& x : results.loss) x += static_cast<float>(random.uniform(0.01, 1));
      return "numbers added";
  }
}

TEST(Unexplainable, NothingIsClaimed) {
  const std::uint64_t seeds = is_long_run() ? 1000 : 200;
  int wrong = 0, possible = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    Planted<float> results(random_plan(seed));
    results.plant({});
    cases::Random random(seed, 4);
    const std::string_view way = spoil(static_cast<int>(seed % 4), results, random);
    const explain::Explanation found = explain::explain(results.doubt());
    wrong += found.wrong() ? 1 : 0;
    for (const explain::Finding& one : found.findings) {
      EXPECT_EQ(one.certainty, explain::Certainty::possible)
          << "seed " << seed << ", " << way << ": " << one.sentence;
      ++possible;
    }
  }
  std::puts(fmt::format("{} results, {} wrong, {} findings called possible", seeds, wrong, possible)
                .c_str());
}

// Textbook forms and the accurate one, on the same problems.
TEST(Unexplainable, RightResultsAreNotDoubted) {
  for (const std::string_view name :
       {"naive", "log_sum_exp", "two_pass", "one_hot", "online", "simd"})
    for (std::uint64_t seed = 0; seed < (is_long_run() ? 300 : 40); ++seed) {
      Plan plan = random_plan(seed);
      if (seed % 4 == 0) plan.recipe.classes = 5000;
      Planted<float> results(plan);
      results.plant({});
      results.compute(*xent::find_implementation(name));
      const explain::Explanation found = explain::explain(results.doubt());
      EXPECT_FALSE(found.wrong()) << name << ", seed " << seed << ": " << to_text(found);
    }
}

}  // namespace
}  // namespace xent::tests
