// SPDX-License-Identifier: MIT
// The judge: exact values whose terms are of both signs, cancel or underflow.
#include <array>
#include <limits>

#include <gtest/gtest.h>

#include "reference/judging/judge.hpp"
#include "reference/reduction.hpp"

namespace {

using namespace xent;
using namespace xent::reference;

/// Two losses of 1.3 that cancel to 8.5e-9: what a contract allows.
TEST(Judge, MixedSigns) {
  const std::array<float, 4> logits = {0, 1, 0, 1};
  const std::array<std::int64_t, 2> labels = {0, 1};
  const std::array<float, 2> weight = {1, -4.192219257354736F};  // -log(1 + e) / log(1 + 1/e)
  float loss = 0;
  const auto stats = [&](const Contract<float>* contract) {
    const Problem<float> problem{.logits = row_major(logits.data(), 2, 2),
                                 .targets = Labels<std::int64_t>{labels.data(), 2, 1},
                                 .options = {.reduction = Reduction::sum},
                                 .weight = {weight.data(), 2}};
    return judge<float>(problem, {.loss = {&loss, 1, 1}}, contract).loss;
  };
  const ErrorStats plain = stats(nullptr);
  EXPECT_TRUE(plain.categories.lost == 1 && plain.cancelled == 0) << "a sum that cancels is lost";
  const Contract<float> contract{
      .loss_bound = [](const RowFacts&) noexcept { return ErrorBound{.ulp = 2}; }};
  const ErrorStats bounded = stats(&contract);
  EXPECT_TRUE(bounded.categories.lost == 1 && bounded.cancelled == 1 && bounded.max_ratio < 1)
      << "within the bounds of its rows";
}

/// A coefficient of 5.6e-311, of which the first precision knows no sign, at a masked class.
TEST(Judge, MaskedUnderflow) {
  const std::array<double, 3> logits = {0, -std::numeric_limits<double>::infinity(), 0};
  const std::array<double, 3> probs = {0.5, 4.5e-307, 0};
  std::array<double, 3> weight = {1, 1.25e-4, 1};
  double loss = std::numeric_limits<double>::infinity();
  const auto categories = [&] {
    const Problem<double> problem{.logits = row_major(logits.data(), 1, 3),
                                  .targets = row_major(probs.data(), 1, 3),
                                  .options = {.reduction = Reduction::none},
                                  .weight = {weight.data(), 3}};
    return judge<double>(problem, {.loss = {&loss, 1, 1}}, nullptr).loss.categories.total();
  };
  EXPECT_EQ(categories(), 0) << "the loss is infinite, however small the coefficient";
  loss = -loss;
  EXPECT_EQ(categories(), 1) << "of its sign";
  weight[1] = -weight[1];
  EXPECT_EQ(categories(), 0) << "which is that of the weight";
}

/// 2^60 + 2^7 - 2^-40, and a vanishing rest that rounds the first precision's enclosure across the
/// tie of 2^60 and 2^60 + 2^8.
TEST(Judge, FinerPrecision) {
  double loss = 0x1p60;
  const std::array<double, 4> rows = {0x1p60, -0x1p7 + 0x1p-40, 300, 0};
  const std::array<std::int64_t, 2> labels = {1, 0};
  const Problem<double> sum{.logits = row_major(rows.data(), 2, 2),
                            .targets = Labels<std::int64_t>{labels.data(), 2, 1},
                            .options = {.reduction = Reduction::sum}};
  EXPECT_EQ(judge<double>(sum, {.loss = {&loss, 1, 1}}, nullptr).loss.correctly_rounded, 1)
      << "a sum that only a finer precision decides";
  const std::array<double, 3> logits = {0x1p60, -0x1p7 + 0x1p-40, 0};
  const std::array<double, 3> probs = {0, 1, 0x1p-300};
  const Problem<double> row{.logits = row_major(logits.data(), 1, 3),
                            .targets = row_major(probs.data(), 1, 3),
                            .options = {.reduction = Reduction::none}};
  EXPECT_EQ(judge<double>(row, {.loss = {&loss, 1, 1}}, nullptr).loss.correctly_rounded, 1)
      << "a row that only a finer precision decides";
}

/// Smoothed losses 2^24 / 3 and (2^25 + 3) / 3 with terms that vanish: their sum is above the tie
/// 2^24 + 1, but a third that is rounded before it is added hides that.
TEST(Judge, SumOfThirds) {
  const std::array<double, 6> logits = {0, -0x1p23, -0x1p23, 0, -0x1p24, -0x1p24 - 3};
  const std::array<std::int64_t, 2> labels = {1, 0};
  const Problem<double> problem{.logits = row_major(logits.data(), 2, 3),
                                .targets = Labels<std::int64_t>{labels.data(), 2, 1},
                                .options = {.reduction = Reduction::sum, .label_smoothing = 1}};
  float loss = 0x1p24F + 2;
  AnyOutputs got;
  got.loss = VectorView<float>{&loss, 1, 1};
  const ErrorStats up_is = judge(AnyProblem(problem), got, {}).loss;
  EXPECT_TRUE(up_is.undecided == 0 && up_is.correctly_rounded == 1)
      << "just above a tie, up is right";
  loss = 0x1p24F;
  const ErrorStats down_is = judge(AnyProblem(problem), got, {}).loss;
  EXPECT_TRUE(down_is.undecided == 0 && down_is.correctly_rounded == 0) << "and down is not";
}

/// A sum is inside its enclosure as soon as one row is.
TEST(Judge, OpenSum) {
  Exact<Ball> point;
  Exact<Ball> inner;
  inner.open = true;
  AnyProblem problem;
  problem.options.reduction = Reduction::sum;
  const Divisor none(problem);
  ReducedLoss<Ball> sum;
  sum.add(point, 1, 1, 0);
  EXPECT_FALSE(sum.exact(none).open) << "a sum of points may be a point";
  sum.add(inner, 1, 1, 0);
  sum.add(point, 1, 1, 0);
  EXPECT_TRUE(sum.exact(none).open) << "a sum with a row inside its enclosure is inside";
  sum.add(inner, 1, -1, 0);
  EXPECT_FALSE(sum.exact(none).open) << "logarithms of both signs may cancel";
}

}  // namespace
