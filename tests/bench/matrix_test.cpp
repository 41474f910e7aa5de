// SPDX-License-Identifier: MIT
// The matrix: every pair of settings stands in a cell at each number of classes, and every cell can
// be timed.
#include "bench/plans/matrix.hpp"

#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "bench/engine.hpp"
#include "bench/plans/pairwise.hpp"
#include "tests/bench/tiny_plan.hpp"

namespace {

using namespace xent;

/// The pairs of levels in the choices, as text.
std::set<std::string> pairs_in(const std::vector<bench::Choice>& choices) {
  std::set<std::string> pairs;
  for (const bench::Choice& choice : choices)
    for (std::size_t f = 0; f < choice.size(); ++f)
      for (std::size_t g = f + 1; g < choice.size(); ++g)
        pairs.insert(fmt::format("{}={} {}={}", f, choice[f], g, choice[g]));
  return pairs;
}

TEST(Pairwise, HoldsThePairsOfAllChoices) {
  constexpr std::size_t levels[] = {4, 5, 2, 3, 2, 3};
  const bench::Allowed allowed = [](const bench::Choice& choice) {
    return (choice[0] != 2 || choice[1] != 3) && (choice[2] == 0 || choice[3] == 0);
  };
  const auto all = bench::all_choices(levels, allowed);
  const auto few = bench::pairwise_choices(levels, allowed, 1);
  EXPECT_EQ(all.size(), std::size_t{456}) << "19 of 20 pairs times 4 of 6 times 6";
  EXPECT_EQ(pairs_in(few), pairs_in(all));
  EXPECT_LE(few.size(), 30U) << "20 are the least";
  for (const bench::Choice& choice : few) EXPECT_TRUE(allowed(choice));
  EXPECT_EQ(few, bench::pairwise_choices(levels, allowed, 1)) << "the same each time";
}

/// The settings of a cell, each as text.
std::vector<std::string> settings_of(const bench::Plan& plan) {
  const bench::Shape& shape = plan.shapes.at(0);
  const bench::Form& form = plan.forms.at(0);
  const Options& o = form.options;
  const std::string reduction = plan.reduction ? std::string(to_string(*plan.reduction)) : "usual";
  return {std::string(to_string(plan.dtypes.at(0))),
          std::string(to_string(form.targets)),
          fmt::format("weight {}", form.weighted),
          fmt::format("row weight {}", form.row_weighted),
          fmt::format("ignored {}", form.ignored != 0),
          std::string(to_string(shape.layout)),
          fmt::format("rows {}", shape.rows == 1 || shape.rows == 8 ? shape.rows : 0),
          fmt::format("gradient {}", plan.gradient),
          "reduction " + reduction,
          fmt::format("smoothing {}", o.label_smoothing != 0),
          fmt::format("temperature {}", o.temperature != 0),
          fmt::format("softcap {}", o.softcap != 0),
          fmt::format("z {}", o.z_loss != 0)};
}

TEST(Matrix, EveryPairOfSettings) {
  const auto plans = bench::matrix({}, {.classes = {10, 21}});
  for (const std::ptrdiff_t classes : {10, 21}) {
    std::set<std::string> pairs;
    for (const bench::Plan& plan : plans) {
      if (plan.shapes[0].classes != classes) continue;
      const auto settings = settings_of(plan);
      for (const std::string& one : settings)
        for (const std::string& other : settings) pairs.insert(fmt::format("{}, {}", one, other));
    }
    for (const char* pair :
         {"f16, csr", "f64, class-axis-1", "probs, strided", "ignored true, gradient true",
          "weight true, row weight true", "rows 1, reduction sum", "softcap true, z true",
          "smoothing true, class-axis-1", "temperature true, bf16", "one_hot, reduction mean"})
      EXPECT_TRUE(pairs.contains(pair)) << pair << " of " << classes << " classes";
  }
  EXPECT_LT(plans.size(), 2 * 40U) << "few cells";
}

/// Each cell of a small matrix is computed rightly.
TEST(Matrix, IsTimed) {
  bench::Plan like = tests::tiny_plan({find_implementation("simd")}, false);
  like.repetitions = like.attempts = 1;
  for (const bench::Plan& plan : bench::matrix(like, {.classes = {3, 70}, .logits = 2000})) {
    const auto found = bench::run(plan);
    for (const bench::Untimed& one : found.failures) ADD_FAILURE() << one.text;
    EXPECT_EQ(found.timings.size(), 1U);
  }
}

}  // namespace
