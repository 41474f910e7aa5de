// SPDX-License-Identifier: MIT
// Each hypothesis by itself: its gradient is the derivative of its loss, and the suite's own judge
// calls its results wrong.
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <xent/implementation.hpp>

#include "explain/fitting/given.hpp"
#include "reference/judging/judge.hpp"
#include "tests/explain/matrix.hpp"

namespace xent::tests {
namespace {

using explain::Formula;
using explain::Hypothesis;
using explain::Part;
using explain::Row;
using explain::Variant;

double some_value(const explain::Parameter& parameter) {
  return parameter.neutral == 1 ? 1.5 : parameter.symbol == "clip" ? 1e-3 : 0.3;
}

Formula planted_formula(const Variant& variant) {
  Formula formula;
  variant.plant(formula, variant.parameter ? some_value(*variant.parameter) : 0);
  return formula;
}

// The loss of row i with logit j moved.
double moved_loss(const Formula& formula, const explain::Doubt& doubt, std::ptrdiff_t i,
                  std::size_t j, double step) {
  Formula moved = formula;
  moved.logits = [&](const explain::Doubt& given, std::ptrdiff_t row, std::span<double> x) {
    for (std::size_t k = 0; k < x.size(); ++k)
      x[k] = given.problem.logits(row, static_cast<std::ptrdiff_t>(k)) + (k == j ? step : 0);
  };
  Row row;
  evaluate(moved, doubt, i, row);
  return row.loss;
}

bool is_smooth(const Formula& f) {
  return f.has_grad && !f.logits && !f.arithmetic.logits && !f.arithmetic.softmax &&
         !f.arithmetic.sum && !f.arithmetic.unshifted &&
         f.gradient == explain::GradientForm::derivative;
}

TEST(Hypotheses, GradientIsTheDerivative) {
  for (const Hypothesis* one : explain::hypotheses()) {
    if (one->part != Part::row) continue;
    Plan plan = plan_for(*one, DType::f64, 3);
    plan.recipe.scale = 1;
    Planted<double> planted(plan);
    planted.plant({});
    const explain::Doubt doubt = planted.doubt();
    for (const Variant& variant : one->variants(doubt)) {
      const Formula formula = planted_formula(variant);
      if (!is_smooth(formula)) continue;
      Row row;
      row.wants_grad = true;
      for (std::ptrdiff_t i = 0; i < 3; ++i) {
        evaluate(formula, doubt, i, row);
        if (row.target.kind == explain::Target::Kind::unknown) continue;
        for (std::size_t j = 0; j < row.x.size(); ++j) {
          const double step = 1e-5;
          const double slope =
              (moved_loss(formula, doubt, i, j, step) - moved_loss(formula, doubt, i, j, -step)) /
              (2 * step);
          ASSERT_NEAR(row.grad[j], slope, 1e-7 * (1 + std::abs(slope)))
              << one->name << ": " << variant.sentence;
        }
      }
    }
  }
}

// Where a planted result is beyond a textbook's rounding it is far beyond what `simd` promises.
TEST(Hypotheses, AreMutantsThatTheJudgeFinds) {
  const Contract<float>& contract = find_implementation("simd")->f32;
  int judged = 0;
  for (const Hypothesis* one : explain::hypotheses()) {
    Planted<float> planted(plan_for(*one, DType::f32, 1));
    planted.plant({});
    for (const Variant& variant : one->variants(planted.doubt())) {
      planted.plant(planted_formula(variant));
      const explain::Doubt doubt = planted.doubt();
      if (!explain::Given(doubt, 1).any_wrong()) continue;
      const reference::Judgement found =
          reference::judge(doubt.problem, doubt.results, contract.bounds());
      const auto broken = [](const ErrorStats& errors) {
        return errors.max_ratio.value_or(0) > 1 || !(errors.categories == Categories{});
      };
      EXPECT_TRUE(broken(found.loss) || broken(found.grad) || broken(found.lse))
          << one->name << ": " << variant.sentence;
      ++judged;
    }
  }
  EXPECT_GE(judged, 60);
}

TEST(Hypotheses, AreInTheDocument) {
  std::ifstream file(XENT_SOURCE_DIR "/docs/explain.md");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  for (const Hypothesis* one : explain::hypotheses())
    EXPECT_NE(text.find("\n| `" + std::string(one->name) + "` |"), std::string::npos) << one->name;
}

}  // namespace
}  // namespace xent::tests
