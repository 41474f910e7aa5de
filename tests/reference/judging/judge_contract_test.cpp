// SPDX-License-Identifier: MIT
// The judge with a contract: errors against bounds, for rows, for reductions, and for results whose
// sign or zero is no number of ulp.
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/judging/judge.hpp"
#include "tests/reference/two_class_batch.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::TwoClassBatch;
using tests::up;

TEST(JudgeContract, Contract) {
  const Contract<float> contract{
      .loss_bound = [](const RowFacts&) noexcept { return ErrorBound{.ulp = 2}; },
      .grad_bound =
          [](const RowFacts&, const GradFacts& g) noexcept {
            return ErrorBound{.ulp = g.p > 0.5 ? 1.0 : 0.25};
          }};
  TwoClassBatch batch(Reduction::none);
  EXPECT_LE(batch.judged(&contract).loss.max_ratio, 0.25)
      << "half an ulp is a quarter of the bound";
  batch.loss[1] = up(up(up(batch.loss[1])));
  const Judgement none = batch.judged(&contract);
  EXPECT_TRUE(none.loss.max_ratio > 1.25 && none.loss.ratio_witness.row == 1)
      << "a broken contract";

  // Sum and mean: 2 ulp of each row's loss, and 1 ulp of the reduced one.
  for (const Reduction r : {Reduction::sum, Reduction::mean}) {
    const TwoClassBatch rows(Reduction::none);
    TwoClassBatch reduced(r);
    const auto ulp = [](float x) { return static_cast<double>(up(x) - x); };
    double bound = 0;
    for (const float x : rows.loss) bound += 2 * ulp(x);
    if (r == Reduction::mean) bound /= 3;
    bound = bound / ulp(reduced.loss[0]) + 1;
    int steps = 0;
    while (reduced.judged(&contract).loss.max_ratio <= 1 && ++steps < 100)
      reduced.loss[0] = up(reduced.loss[0]);
    EXPECT_LE(std::abs(steps - bound), 1)
        << fmt::format("{} breaks after {} ulp", to_string(r), bound);
  }
}

/// Without bounds of the rows, one ulp of the reduced loss is left.
TEST(JudgeContract, ExactRows) {
  const Contract<float> contract{
      .loss_bound = [](const RowFacts&) noexcept { return ErrorBound{}; }};
  for (const Reduction r : {Reduction::sum, Reduction::mean}) {
    TwoClassBatch batch(r);
    batch.loss[0] = up(up(batch.loss[0]));
    const ErrorStats stats = batch.judged(&contract).loss;
    EXPECT_TRUE(stats.max_ratio == stats.max_ulp && stats.max_ulp > 1)
        << "the ratio is the error in ulp";
  }
}

/// An absolute bound holds for a result that is lost, too.
TEST(JudgeContract, Lost) {
  const Contract<float> contract{
      .loss_bound = [](const RowFacts&) noexcept { return ErrorBound{.absolute = 16}; }};
  TwoClassBatch batch(Reduction::none);
  batch.loss[2] = 0;  // exactly 0.000911...
  const ErrorStats stats = batch.judged(&contract).loss;
  EXPECT_TRUE(stats.categories.lost == 1 && stats.category_witness.row == 2) << "a lost loss";
  EXPECT_TRUE(stats.max_ratio > 900 && stats.ratio_witness.row == 2) << "is set against its bound";
}

}  // namespace
