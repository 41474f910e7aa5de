// SPDX-License-Identifier: MIT
// The judge: exact values at a tie, at half an ulp or at a power of two, which the first precision
// cannot decide.
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include <gtest/gtest.h>

#include "reference/judging/judge.hpp"
#include "reference/reduction.hpp"
#include "tests/reference/two_class_batch.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::TwoClassBatch;
using tests::up;

/// Exact losses beyond a tie of two numbers by exp(-2^24), which no precision separates.
TEST(Judge, Undecidable) {
  TwoClassBatch batch(Reduction::none);
  batch.logits = {-1, 0x1p24F, 0x1p24F, -1, -1, 0x1p24F};
  batch.labels = {0, 1, 0};
  batch.loss = {0x1p24F + 2, 0x1p24F + 2, 0x1p24F};
  batch.grad = {-1, 1, 1, -1, -1, 1};
  const Judgement judged = batch.judged();
  EXPECT_TRUE(judged.loss.correctly_rounded == 2 && judged.loss.max_witness.row == 2)
      << "just above a tie, up is correctly rounded and down is not";
  EXPECT_EQ(judged.grad.correctly_rounded, 6) << "the gradients next to 1";

  // g_0 = q_1 + q_2 - Q exp(-3e38) (1 + 1/e): below the tie of 1 and its neighbour.
  const std::array<float, 3> logits = {3e38F, 0, -1};
  const std::array<float, 3> probs = {0.5F, 1, 0x1p-24F};
  const Problem<float> problem{.logits = row_major(logits.data(), 1, 3),
                               .targets = row_major(probs.data(), 1, 3),
                               .options = {.reduction = Reduction::none}};
  float loss = 3e38F;
  std::array<float, 3> grad = {1, -1, -0x1p-24F};
  const Outputs<float> got{.loss = {&loss, 1, 1}, .grad = row_major(grad.data(), 1, 3)};
  EXPECT_EQ(judge<float>(problem, got, nullptr).grad.correctly_rounded, 3) << "down is right here";
  grad[0] = up(1);
  EXPECT_EQ(judge<float>(problem, got, nullptr).grad.correctly_rounded, 2) << "and up is not";
}

/// 2^24 + 1, a tie, and two vanishing terms of both signs: which number is nearest stays open, the
/// error does not.
TEST(Judge, TieLeftOpen) {
  const std::array<float, 4> logits = {-1, 0x1p24F, -0x1p24F, 0x1p24F};
  const std::array<std::int64_t, 2> labels = {0, 1};
  const std::array<float, 2> weight = {1, -1};
  const Problem<float> problem{.logits = row_major(logits.data(), 2, 2),
                               .targets = Labels<std::int64_t>{.data = labels.data(), .size = 2},
                               .options = {.reduction = Reduction::sum},
                               .weight = {.data = weight.data(), .size = 2}};
  float loss = 0x1p24F + 2;
  const Outputs<float> got{.loss = {&loss, 1, 1}};
  EXPECT_EQ(judge<float>(problem, got, nullptr).loss.undecided, 1) << "nearest or not";
  const ErrorStats alone = judge<float>(problem, got, nullptr, {.nearest = false}).loss;
  EXPECT_TRUE(alone.undecided == 0 && alone.max_ulp >= 0.5 && alone.max_ulp < 0.501)
      << "half an ulp off";
}

/// Exact losses, log-sum-exps and components that a vanishing term parts from a power of two.
TEST(Judge, PowersOfTwo) {
  const auto judged = [](std::span<const float> logits, std::int64_t label, float loss, float lse) {
    const Problem<float> problem{.logits = row_major(logits.data(), 1, std::ssize(logits)),
                                 .targets = Labels<std::int64_t>{.data = &label, .size = 1},
                                 .options = {.reduction = Reduction::none}};
    return judge<float>(problem, {.loss = {&loss, 1, 1}, .lse = {&lse, 1, 1}}, nullptr);
  };
  const std::array<float, 2> confident = {0, 128};
  const float below = std::nextafter(128.0F, 0.0F);
  const Judgement half = judged(confident, 0, below, below);
  for (const ErrorStats& stats : {half.loss, half.lse})
    EXPECT_TRUE(stats.undecided == 0 && stats.max_ulp > 0.5 && stats.max_ulp < 0.501 &&
                stats.correctly_rounded == 0)
        << "half an ulp below 128 + exp(-128)";
  const std::array<float, 3> far = {1e30F, 1e30F, 1.0000001e30F};
  const ErrorStats thousand = judged(far, 1, 0x1p76F + 1000 * 0x1p53F, 0).loss;
  EXPECT_TRUE(thousand.undecided == 0 && std::abs(thousand.max_ulp.value_or(0) - 1000) < 1)
      << "a thousand ulp above 2^76 + exp(-2^76)";

  // The two terms of each component are 1/2 in size whatever the logits: no ulp is open.
  const std::array<double, 3> logits = {0.1, 0.2, -0.7};
  const std::array<double, 3> probs = {0.5, 0.5, 0};
  const Problem<double> problem{.logits = row_major(logits.data(), 1, 3),
                                .targets = row_major(probs.data(), 1, 3),
                                .options = {.reduction = Reduction::none}};
  double loss = 0;
  std::array<double, 3> grad = {-0.1, -0.06, 0.17591};
  const Outputs<double> got{.loss = {&loss, 1, 1}, .grad = row_major(grad.data(), 1, 3)};
  const ErrorStats halves = judge<double>(problem, got, nullptr).grad;
  EXPECT_TRUE(halves.undecided == 0 && halves.max_terms_ulp && halves.max_absolute &&
              std::abs(*halves.max_terms_ulp / *halves.max_absolute - 1) < 1e-9)
      << "the ulp of terms of 1/2 is 2^-53, which is u";
}

/// g = -w q = -(1 + 2^-24 + 27 2^-104): half an ulp of f32 from -1, and 27 2^-80 of that more.
TEST(Judge, NextToHalf) {
  const std::array<double, 2> logits = {0, -std::numeric_limits<double>::infinity()};
  const std::array<double, 2> probs = {0, 0x1.ffffff0000006p-1};
  const std::array<double, 2> weight = {1, 0x1.0000018000009p+0};
  const Problem<double> problem{.logits = row_major(logits.data(), 1, 2),
                                .targets = row_major(probs.data(), 1, 2),
                                .options = {.reduction = Reduction::none},
                                .weight = {weight.data(), 2}};
  AnyOutputs got;
  std::array<float, 2> grad = {1, -1};
  got.grad = row_major(grad.data(), 1, 2);
  const ErrorStats stats = judge(AnyProblem(problem), got, {}).grad;
  EXPECT_TRUE(stats.undecided == 0 && stats.correctly_rounded == 0 && stats.max_ulp > 0.5)
      << "0.5 (1 + 27 2^-80) ulp off";
  grad = {std::nextafter(1.0F, 2.0F), std::nextafter(-1.0F, -2.0F)};
  EXPECT_EQ(judge(AnyProblem(problem), got, {}).grad.correctly_rounded, 2)
      << "its neighbour is right";
}

}  // namespace
