// SPDX-License-Identifier: MIT
// The judge: what it counts, its witnesses, reductions and the rows asked for.
#include "reference/judging/judge.hpp"

#include <array>
#include <limits>

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

}  // namespace
