// SPDX-License-Identifier: MIT
// The judge: what it counts, its witnesses, reductions, the rows asked for, and values that the
// first precision cannot decide; quantiles and merged statistics.
#include "reference/judging/judge.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <span>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/reduction.hpp"
#include "tests/reference/two_class_batch.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::TwoClassBatch;
using tests::up;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

TEST(Judge, Counts) {
  for (const Reduction r : all_reductions) {
    TwoClassBatch batch(r);
    const Judgement right = batch.judged();
    const auto losses = loss_size(r, 3);
    EXPECT_TRUE(right.loss.count == losses && right.loss.correctly_rounded == losses)
        << fmt::format("{}: all losses counted and correctly rounded", to_string(r));
    EXPECT_TRUE(right.grad.count == 6 && right.grad.correctly_rounded == 6)
        << fmt::format("{}: all components counted and correctly rounded", to_string(r));
    batch.grad[5] = up(up(batch.grad[5]));
    batch.loss.back() = up(up(batch.loss.back()));
    const Judgement wrong = batch.judged(nullptr, {.case_id = "id", .command = "again"});
    EXPECT_TRUE(wrong.grad.max_ulp > 1.5 && wrong.grad.correctly_rounded == 5)
        << "a component is off";
    EXPECT_TRUE(wrong.grad.max_terms_ulp == wrong.grad.max_ulp &&
                wrong.loss.max_terms_ulp == wrong.loss.max_ulp)
        << "of labels the terms are as large as what they make, also of a mean";
    const Witness& w = wrong.grad.max_witness;
    EXPECT_TRUE(w.row == 2 && w.column == 1 && w.case_id == "id" && w.command == "again" &&
                w.got == fmt::format("{:a}", static_cast<double>(batch.grad[5])))
        << "the witness of the gradient";
    const Witness& loss = wrong.loss.max_witness;
    EXPECT_TRUE(wrong.loss.max_ulp > 1.5 && loss.column == -1 && loss.row == (losses == 3 ? 2 : -1))
        << "the witness of the loss";
  }
  TwoClassBatch first(Reduction::none);
  first.loss[0] = 1;
  EXPECT_EQ(first.judged().loss.max_witness.expected, "0.69314718055994531")
      << "log 2 to 17 digits";
}

TEST(Judge, ChosenRows) {
  const std::array<std::ptrdiff_t, 2> rows = {2, 0};
  TwoClassBatch batch(Reduction::mean);
  batch.grad[2] = 7;  // in row 1
  const Judgement some = batch.judged(nullptr, {.rows = rows});
  EXPECT_TRUE(some.loss.count == 1 && some.loss.correctly_rounded == 1)
      << "the mean is of all rows";
  EXPECT_TRUE(some.grad.count == 4 && some.grad.max_ulp <= 0.5)
      << "the gradient of the rows asked for";
}

TEST(Judge, SpecialRows) {
  TwoClassBatch batch(Reduction::sum);
  batch.logits[2] = nan;
  const Judgement wrong = batch.judged();
  EXPECT_TRUE(wrong.loss.categories.nan_missing == 1 && wrong.grad.categories.nan_missing == 2)
      << "a NaN row: its gradient and the sum are NaN";
  EXPECT_EQ(wrong.grad.category_witness.row, 1) << "the witness of the category";
  batch.loss[0] = batch.grad[2] = batch.grad[3] = nan;
  const Judgement right = batch.judged();
  EXPECT_EQ(right.loss.categories.total() + right.grad.categories.total(), 0)
      << "NaN is right there";

  for (const Reduction r : {Reduction::sum, Reduction::mean}) {
    float loss = r == Reduction::mean ? nan : 0;
    const Problem<float> empty{.logits = row_major<const float>(nullptr, 0, 2),
                               .targets = Labels<std::int64_t>{},
                               .options = {.reduction = r}};
    const ErrorStats stats = judge<float>(empty, {.loss = {&loss, 1, 1}}, nullptr).loss;
    EXPECT_TRUE(stats.count == 1 && stats.correctly_rounded == 1)
        << "no rows: the sum 0, the mean NaN";
  }
}

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
