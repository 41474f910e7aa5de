// SPDX-License-Identifier: MIT
// Accuracy: the fixed recipes of each budget, and the records of a sound implementation, of one
// whose contract is too tight, and of what lies outside the domain.
#include "properties/judging/accuracy.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "properties/drawing/fixed_recipes.hpp"
#include "properties/drawing/scope.hpp"
#include "tests/mutants/mutants.hpp"

namespace {

using namespace xent;
using namespace xent::properties;
using cases::Recipe;
using cases::TargetKind;

std::set<std::ptrdiff_t> classes_of(const std::vector<Recipe>& recipes, TargetKind targets) {
  std::set<std::ptrdiff_t> found;
  for (const Recipe& one : recipes)
    if (one.targets == targets && !one.weighted && !one.ignoring) found.insert(one.classes);
  return found;
}

/// Every family at every size that the budget has room for, and what is made can be made.
TEST(Accuracy, RecipesOfBudgets) {
  for (const Budget& budget : budgets)
    for (const cases::Family& family : cases::families()) {
      const auto recipes = fixed_recipes(family, DType::f32, {}, everything, budget);
      for (const Recipe& one : recipes) check_recipe(one);
      if (family.data_set || family.classes != 0 || family.hard) continue;
      const std::string name = std::string(budget.name) + ", " + std::string(family.name);
      if (family.extreme) {  // their cases are joined with other extremes, in the laws
        EXPECT_TRUE(recipes.empty()) << name + ": no accuracy of its own";
        continue;
      }
      const bool all = budget.most_classes == judged_classes[3];
      EXPECT_EQ(classes_of(recipes, TargetKind::labels),
                (all ? std::set<std::ptrdiff_t>{2, 10, 1000, 50257}
                     : std::set<std::ptrdiff_t>{2, 10, 1000}))
          << name + ": labels at every size";
      EXPECT_GE(classes_of(recipes, TargetKind::probs).size(), 3)
          << name + ": probs at three or four";
      EXPECT_EQ(std::ranges::count_if(recipes, [](const Recipe& r) { return r.weighted; }), 2)
          << name + ": labels and csr with options";
      const auto rows = std::max(budget.family_logits / 1000, budget.family_rows);
      EXPECT_TRUE(std::ranges::any_of(recipes, [&](const Recipe& r) { return r.rows == rows; }))
          << name + ": as many rows as there are logits for";
    }
}

constexpr Budget tiny = {.name = "tiny",
                         .loss_logits = 2000,
                         .grad_logits = 100,
                         .family_logits = 100,
                         .most_classes = 1000,
                         .most_soft_classes = 10};

TEST(Accuracy, Sound) {
  const auto records = measure_accuracy(tests::sound_implementation(), DType::f32, tiny);
  std::map<std::string, std::size_t> cases_of;
  for (const AccuracyRecord& one : records) {
    const std::string name = one.source + ", " + one.quantity;
    cases_of[one.source] += one.cases.size();
    const bool outside = one.cases.empty();
    EXPECT_EQ(one.verdict, (outside ? Verdict::skipped : Verdict::passed)) << name + " passes";
    EXPECT_EQ(outside, (one.errors.count == 0)) << name + ": no results only outside the domain";
    EXPECT_EQ(outside, !(one.seconds > 0)) << name + " took its time";
    double largest = 0;
    for (const JudgedCase& judged : one.cases) {
      largest = std::max(largest, judged.max_ratio.value_or(0));
      EXPECT_TRUE(judged.rows > 0 && judged.classes <= 4096) << name + ": cases inside the domain";
      EXPECT_EQ(judged.max_ratio.has_value(), !judged.place.empty()) << name + ": its place";
    }
    EXPECT_EQ(largest, one.errors.max_ratio.value_or(0)) << name + ": the largest of its cases";
    const Witness& witness = one.errors.ratio_witness;
    EXPECT_TRUE(largest == 0 || (witness.case_id.starts_with("f32/" + one.source) &&
                                 witness.command.find(witness.case_id) != std::string::npos))
        << name + " has a witness";
  }
  EXPECT_EQ(cases_of["normal"], std::size_t{2} * (3 + 2 + 2)) << "labels, probs, options";
  EXPECT_TRUE(cases_of["digits"] == std::size_t{2} * 2 &&
              cases_of["two_classes"] == std::size_t{2} * (2 + 2))
      << "fixed shapes";
}

/// An error above the contract fails, whatever the tier; its witness is the largest.
TEST(Accuracy, Broken) {
  Implementation tight = tests::sound_implementation();
  tight.f32.tier = Tier::none;
  tight.f32.loss_bound = [](const RowFacts&) noexcept { return ErrorBound{.ulp = 0.25}; };
  int failed = 0;
  for (const AccuracyRecord& one : measure_accuracy(tight, DType::f32, tiny)) {
    if (one.cases.empty()) continue;
    const bool above = one.errors.max_ratio > 1;
    EXPECT_EQ((one.verdict == Verdict::failed), above) << one.source + " fails above 1 only";
    EXPECT_TRUE(!above || one.quantity == "loss") << "the gradient keeps its contract";
    EXPECT_TRUE(!above || one.errors.telling_witness().case_id == one.errors.ratio_witness.case_id)
        << "its witness tells";
    failed += above ? 1 : 0;
  }
  EXPECT_GT(failed, 10) << std::to_string(failed) + " families break the contract";
}

/// All rows of the case asked for, and none of what lies outside.
TEST(Accuracy, OneCase) {
  const auto of = [](const char* id) {
    return measure_accuracy(tests::sound_implementation(), cases::parse_recipe(id));
  };
  const auto records = of("f64/normal(3)/70x10/labels+weight/none/seed=3");
  EXPECT_TRUE(records.size() == 2 && records[0].quantity == "loss" && records[1].quantity == "grad")
      << "a loss and a gradient";
  for (const AccuracyRecord& one : records)
    EXPECT_TRUE(one.cases.size() == 1 && one.cases[0].rows == 70 && one.cases[0].classes == 10 &&
                one.cases[0].targets == "labels+weight" && one.dtype == "f64" &&
                one.verdict == Verdict::passed)
        << "all of the case";
  for (const char* id : {"f32/normal(3)/1x5000/labels/none/seed=3",
                         "f32/two_classes(1)/1x2/labels+weight/mean/seed=3562699339"})
    for (const AccuracyRecord& one : of(id))
      EXPECT_TRUE(one.verdict == Verdict::skipped && one.cases.empty())
          << std::string(id) + " is skipped";
}

}  // namespace
