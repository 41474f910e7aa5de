// SPDX-License-Identifier: MIT
// What people reported, replayed: the wrong number is theirs, or made as theirs was, and the cause
// must be named.
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "explain/explain.hpp"

namespace xent::tests {
namespace {

using explain::Certainty;
using explain::Doubt;
using explain::Explanation;

// A problem of f32 against labels, with a loss, and perhaps a gradient.
struct Report {
  std::vector<float> logits;
  std::vector<std::int64_t> labels;
  Options options = {};
  std::vector<float> loss = {}, grad = {}, weight = {};
  std::vector<std::ptrdiff_t> row_shape = {};
  std::vector<float> probs = {};

  Explanation explained() const {
    const std::ptrdiff_t rows = probs.empty() ? std::ssize(labels) : 2;
    const std::ptrdiff_t classes = std::ssize(logits) / rows;
    Problem<float> problem{.logits = row_major(logits.data(), rows, classes),
                           .targets = Labels<std::int64_t>{labels.data(), rows, 1},
                           .options = options};
    if (!probs.empty()) problem.targets = row_major(probs.data(), rows, classes);
    if (!weight.empty()) problem.weight = {weight.data(), classes, 1};
    Doubt doubt{.problem = AnyProblem(problem), .results = {}, .row_shape = row_shape};
    if (!loss.empty())
      doubt.results.loss = VectorView<const float>{loss.data(), std::ssize(loss), 1};
    if (!grad.empty()) doubt.results.grad = row_major(grad.data(), rows, classes);
    return explain::explain(doubt);
  }
};

void expect(const Explanation& found, const std::string& name, Certainty certainty) {
  ASSERT_FALSE(found.findings.empty()) << name;
  for (const explain::Finding& one : found.findings)
    if (one.name == name) {
      EXPECT_EQ(one.certainty, certainty) << to_text(found);
      return;
    }
  ADD_FAILURE() << name << " is not named: " << to_text(found);
}

TEST(Reports, SmoothingMass) {  // paiml/aprender PR#2199
  const Report report{.logits = {2, 1, 0, -1, 0.5F},
                      .labels = {0},
                      .options = {.label_smoothing = 0.1},
                      .loss = {2.383988F}};
  expect(report.explained(), "smoothing_mass", Certainty::explained);
}

TEST(Reports, SmoothingOverTheWrongAxis) {  // keras#23451
  const Report report{.logits = {1, 0.5F, -1, 2, 1, 0.25F},
                      .labels = {0, 1},
                      .options = {.reduction = Reduction::none, .label_smoothing = 0.1},
                      .row_shape = {1, 2}};
  Report wrong = report;
  for (std::size_t i = 0; i < 2; ++i) {  // .9 (lse - x_y) + .1 / 2 sum_j (lse - x_j)
    double sum = 0, all = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      const auto x = static_cast<double>(report.logits[3 * i + j]);
      sum += std::exp(x);
      all += x;
    }
    const double lse = std::log(sum);
    const auto label = static_cast<std::size_t>(report.labels[i]);
    const auto x_y = static_cast<double>(report.logits[3 * i + label]);
    wrong.loss.push_back(static_cast<float>(0.9 * (lse - x_y) + 0.05 * (3 * lse - all)));
  }
  expect(wrong.explained(), "smoothing_axis", Certainty::explained);
}

TEST(Reports, PaddedRowsInTheDivisor) {  // burn#5568
  const Report report{.logits = {0, 0, 1, 3},
                      .labels = {0, -100},
                      .options = {.ignore_index = -100},
                      .loss = {static_cast<float>(std::numbers::ln2 / 2)}};
  expect(report.explained(), "divisor_rows", Certainty::explained);
}

TEST(Reports, GradientDoubled) {  // djl#520
  Report report{.logits = {-8, 10, 3, 1, 2, 3},
                .labels = {},
                .options = {.reduction = Reduction::none},
                .probs = {0.5F, 0.25F, 0.25F, 0.1F, 0.7F, 0.2F}};
  for (std::size_t i = 0; i < 2; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < 3; ++j)
      sum += std::exp(static_cast<double>(report.logits[3 * i + j]));
    for (std::size_t j = 0; j < 3; ++j) {
      const double p = std::exp(static_cast<double>(report.logits[3 * i + j])) / sum;
      report.grad.push_back(
          static_cast<float>(2 * (p - static_cast<double>(report.probs[3 * i + j]))));
    }
  }
  expect(report.explained(), "gradient_doubled", Certainty::explained);
}

TEST(Reports, TwoMeansOfWeights) {  // pytorch#107680
  // Losses log 2 of both rows, weights 25 and 100: the sum over N for the sum over 125.
  const Report report{.logits = {0, 0, 0, 0},
                      .labels = {0, 1},
                      .loss = {static_cast<float>(62.5 * std::numbers::ln2)},
                      .weight = {25, 100}};
  expect(report.explained(), "divisor_rows", Certainty::explained);
}

TEST(Reports, LogitsTakenForLogProbabilities) {  // pytorch#20406
  const Report report{.logits = {2, 12, 2, 1, 0, 5},
                      .labels = {1, 0},
                      .options = {.reduction = Reduction::none},
                      .loss = {-12, -1}};
  expect(report.explained(), "logit_for_log", Certainty::explained);
}

TEST(Reports, SumOfBf16Saturates) {  // executorch PR#20090
  const Report report{.logits = std::vector<float>(512, 1.5F),
                      .labels = {3},
                      .loss = {static_cast<float>(std::log(256.0))}};
  expect(report.explained(), "narrow_sum", Certainty::explained);
}

TEST(Reports, OneInfinityHasSeveralCauses) {
  // exp(120) overflows in f32, and exp(-120) becomes 0.
  const Report report{
      .logits = {0, 120}, .labels = {0}, .loss = {std::numeric_limits<float>::infinity()}};
  expect(report.explained(), "unshifted", Certainty::possible);
  expect(report.explained(), "narrow_softmax", Certainty::possible);
}

TEST(Reports, LogarithmOfASoftmax) {
  // exp(-96) and exp(-100) are 1449 and 27 times the least number of f32, the others become 0.
  const Report report{
      .logits = {0, 96, 0, 120, 0, 110, 0, 100},
      .labels = {0, 0, 0, 0},
      .options = {.reduction = Reduction::none},
      .loss = {static_cast<float>(-std::log(1449 * 0x1p-149)),
               std::numeric_limits<float>::infinity(), std::numeric_limits<float>::infinity(),
               static_cast<float>(-std::log(27 * 0x1p-149))}};
  expect(report.explained(), "narrow_softmax", Certainty::explained);
}

TEST(Reports, TemperatureOfOneNumberIsPossible) {  // tinker-cloud PR#26
  // 0.7 of [0.7, 0, -0.7] is [1, 0, -1].
  const double lse = std::log(std::exp(1.0) + 1 + std::exp(-1.0));
  const Report report{
      .logits = {0.7F, 0, -0.7F}, .labels = {2}, .loss = {static_cast<float>(lse + 1)}};
  expect(report.explained(), "temperature", Certainty::possible);
}

}  // namespace
}  // namespace xent::tests
