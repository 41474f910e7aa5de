// SPDX-License-Identifier: MIT
// Explain names the hypothesis that is planted into some of the rows, both of two that are planted
// into loss and gradient, and one in 16-bit results that an array of f32 holds; threads change
// nothing.
#include "explain/explain.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "explain/hypothesis.hpp"
#include "tests/explain/planted.hpp"

namespace xent::tests {
namespace {

using explain::Formula;

TEST(Explain, SomeOfTheRows) {
  Plan plan;
  plan.recipe = {.scale = 2, .rows = 40, .classes = 12};
  plan.with_grad = false;
  Planted<float> planted(plan);
  planted.plant({});
  const std::vector<float> right = planted.loss;
  Formula formula;
  explain::find_hypothesis("softmax_twice")->variants(planted.doubt())[0].plant(formula, 0);
  planted.plant(formula);
  for (std::size_t i = 0; i < 25; ++i) planted.loss[i] = right[i];
  const explain::Explanation found = explain::explain(planted.doubt());
  ASSERT_EQ(found.findings.size(), 1U);
  EXPECT_EQ(found.findings[0].name, "softmax_twice");
  EXPECT_EQ(found.findings[0].certainty, explain::Certainty::explained);
  EXPECT_EQ(found.findings[0].agreed, 15);
  EXPECT_EQ(found.rows_wrong, 15);
}

TEST(Explain, LossAndGradientHaveCausesOfTheirOwn) {
  Plan plan;
  plan.recipe = {.scale = 2, .rows = 40, .classes = 12};
  Planted<float> planted(plan);
  Formula formula;
  formula.temperature = 2;
  planted.plant(formula);
  const std::vector<float> loss = planted.loss;
  planted.plant({});
  planted.loss = loss;
  for (float& g : planted.grad) g *= 1024;
  const explain::Explanation found = explain::explain(planted.doubt());
  ASSERT_EQ(found.findings.size(), 2U) << to_text(found);
  EXPECT_EQ(found.findings[0].name, "temperature");
  EXPECT_EQ(found.findings[1].name, "loss_scale");
}

TEST(Explain, ResultsOf16BitsInAnArrayOfF32) {
  Plan plan;
  plan.recipe = {.scale = 2, .rows = 40, .classes = 12};
  Planted<float> planted(plan);
  Formula formula;
  formula.temperature = 2;
  planted.plant(formula);
  for (std::vector<float>* one : {&planted.loss, &planted.grad})
    for (float& x : *one) x = static_cast<float>(bf16(static_cast<double>(x)));
  const explain::Explanation found = explain::explain(planted.doubt());
  ASSERT_EQ(found.findings.size(), 1U);
  EXPECT_EQ(found.findings[0].name, "temperature");
  EXPECT_EQ(found.findings[0].certainty, explain::Certainty::explained);
}

TEST(Explain, ThreadsChangeNothing) {
  Plan plan;
  plan.recipe = {.scale = 2, .rows = 64, .classes = 12};
  Planted<float> planted(plan);
  Formula formula;
  formula.softcap = 3;
  planted.plant(formula);
  const explain::Explanation one = explain::explain(planted.doubt());
  const explain::Explanation four = explain::explain(planted.doubt(), {.threads = 4});
  EXPECT_EQ(to_text(one), to_text(four));
  EXPECT_EQ(one.findings[0].parameter, four.findings[0].parameter);
}

}  // namespace
}  // namespace xent::tests
