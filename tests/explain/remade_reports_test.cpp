// SPDX-License-Identifier: MIT
// Reports whose wrong results are made again by planting what the program did, in problems of the
// shapes that people had.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "explain/explain.hpp"
#include "explain/hypothesis.hpp"
#include "tests/explain/planted.hpp"

namespace xent::tests {
namespace {

using explain::Certainty;
using explain::Explanation;

// Plants variant number `which` of a hypothesis.
Explanation remade(const Plan& plan, const std::string& name, std::size_t which, double parameter) {
  Planted<float> planted(plan);
  planted.plant({});
  explain::Formula formula;
  explain::find_hypothesis(name)->variants(planted.doubt()).at(which).plant(formula, parameter);
  planted.plant(formula);
  return explain::explain(planted.doubt());
}

void expect_alone(const Explanation& found, const std::string& name) {
  ASSERT_EQ(found.findings.size(), 1U) << to_text(found);
  EXPECT_EQ(found.findings[0].name, name) << to_text(found);
  EXPECT_EQ(found.findings[0].certainty, Certainty::explained) << to_text(found);
}

TEST(RemadeReports, LabelsShiftedOnceMore) {  // transformers#47394
  Plan plan;
  plan.recipe = {.scale = 2, .rows = 10, .classes = 32};
  plan.row_shape = {2, 5};
  expect_alone(remade(plan, "shifted_labels", 0, 0), "shifted_labels");
  plan.recipe.reduction = Reduction::mean;
  plan.with_grad = false;  // one number
  expect_alone(remade(plan, "shifted_labels", 0, 0), "shifted_labels");
}

TEST(RemadeReports, ClassesReadFromAnotherAxis) {  // pytorch#67167
  Plan plan;
  plan.recipe = {.scale = 2, .rows = 8, .classes = 10};
  plan.row_shape = {2, 4};
  expect_alone(remade(plan, "misread_logits", 0, 0), "misread_logits");
}

TEST(RemadeReports, ZLossLeaked) {  // OLMo-core PR#702
  Plan plan;
  plan.recipe = {.scale = 2, .rows = 16, .classes = 500, .ignoring = true};
  const Explanation found = remade(plan, "z_loss", 0, 1e-3);
  expect_alone(found, "z_loss");
  EXPECT_NEAR(found.findings[0].parameter.value_or(0), 1e-3, 1e-5);
}

TEST(RemadeReports, ClippedProbabilities) {  // scikit-learn#17399
  Plan plan;
  plan.recipe = {.scale = 12, .rows = 60, .classes = 5};
  expect_alone(remade(plan, "clipped_probability", 0, 0), "clipped_probability");
}

TEST(RemadeReports, KullbackLeiblerOfCsr) {  // verl#7856
  Plan plan;
  plan.recipe = {.scale = 2, .rows = 12, .classes = 6, .targets = cases::TargetKind::csr};
  expect_alone(remade(plan, "kl_divergence", 0, 0), "kl_divergence");
}

TEST(RemadeReports, FocalLossIsNoCrossEntropy) {  // pytorch-multi-class-focal-loss#1
  Plan plan;
  plan.recipe = {.scale = 2, .rows = 30, .classes = 6};
  const Explanation found = remade(plan, "focal_loss", 0, 2);
  expect_alone(found, "focal_loss");
  EXPECT_NEAR(found.findings[0].parameter.value_or(0), 2, 0.02);
}

TEST(RemadeReports, SumOfLossesOverflowsF16) {  // pytorch#85791
  Plan plan;
  plan.recipe = {.scale = 3, .rows = 30000, .classes = 4, .reduction = Reduction::mean};
  plan.with_grad = false;
  Planted<float> planted(plan);
  planted.plant({});
  planted.loss[0] = std::numeric_limits<float>::infinity();
  // Other things overflow too, so that it is possible only.
  const Explanation found = explain::explain(planted.doubt());
  bool named = false;
  for (const explain::Finding& one : found.findings) {
    EXPECT_EQ(one.certainty, Certainty::possible) << one.sentence;
    named = named || one.name == "narrow_mean";
  }
  EXPECT_TRUE(named) << to_text(found);
}

}  // namespace
}  // namespace xent::tests
