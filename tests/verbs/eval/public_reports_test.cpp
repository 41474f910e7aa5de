// SPDX-License-Identifier: MIT
// Problems of public reports as commands of eval, each with its right value: of the reference to
// 1e-13, of every implementation to 1e-6. What the reporters' programs did is explained in
// tests/explain/reports_test.cpp; losses that xent does not have are refused in
// tests/programs/usage.sh.
#include "tests/verbs/eval/public_reports_test.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/verbs/csr_file.hpp"
#include "tests/verbs/evaluators.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

TEST_F(PublicReports, SmoothingMass) {  // paiml/aprender PR#2199
  expect_losses(floats("logits", {1, 5}, {2, 1, 0, -1, 0.5F}) + labels("(1,)", {0}) +
                    " --label-smoothing 0.1",
                {0.724437939627796});
}

TEST_F(PublicReports, SmoothingOverTheClassAxis) {  // keras#23451, tensorflow#127249
  // [1, 3, 2]: position 0 has the logits 1, 2, 0, position 1 the logits 0.5, -1, 1.
  const Row first = {1, 2, 0}, second = {0.5, -1, 1};
  const auto smoothed = [](const Row& row, double label) {
    double mean = 0;
    for (const double x : row) mean += x / 3;
    return log_sum_exp(row) - 0.9 * label - 0.1 * mean;
  };
  expect_losses(floats("logits", {1, 3, 2}, {1, 0.5F, 2, -1, 0, 1}) + labels("(1, 2)", {1, 2}) +
                    " --class-axis 1 --label-smoothing 0.1 --reduction none",
                {smoothed(first, 2), smoothed(second, 1)});
}

TEST_F(PublicReports, PaddedRow) {  // burn#5568
  expect_losses(
      floats("logits", {2, 2}, {0, 0, 1, 3}) + labels("(2,)", {0, -100}) + " --ignore-index -100",
      {std::numbers::ln2});
}

TEST_F(PublicReports, GradientOfSoftTargets) {  // djl#520
  const std::vector<float> logits = {-8, 10, 3, 1, 2, 3},
                           probs = {0.5F, 0.25F, 0.25F, 0, 0.5F, 0.5F};
  const std::string problem =
      floats("logits", {2, 3}, logits) + floats("probs", {2, 3}, probs) + " --reduction sum";
  for (const std::string& name : evaluators()) {
    const std::vector<float> got = gradient(name, problem);
    ASSERT_EQ(got.size(), 6U) << name;
    for (std::size_t k = 0; k < 6; ++k) {
      const auto x = [&](std::size_t j) { return static_cast<double>(logits[j]); };
      const std::size_t row = k / 3 * 3;
      const double p = std::exp(x(k) - log_sum_exp({x(row), x(row + 1), x(row + 2)}));
      EXPECT_NEAR(static_cast<double>(got[k]), p - static_cast<double>(probs[k]), 1e-6) << name;
    }
  }
}

TEST_F(PublicReports, WeightsOfLabelsAndOneHot) {  // pytorch#107680
  // The mean is over the weights of labels, over the rows of probabilities.
  const std::string logits = floats("logits", {2, 3}, {1, 2, 0, 0.5F, -1, 1});
  const std::string weight = floats("weight", {3}, {25, 25, 100});
  const double first = log_sum_exp({1, 2, 0}) - 2, second = log_sum_exp({0.5, -1, 1}) - 1;
  expect_losses(logits + weight + labels("(2,)", {1, 2}), {(25 * first + 100 * second) / 125});
  expect_losses(logits + weight + floats("probs", {2, 3}, {0, 1, 0, 0, 0, 1}),
                {(25 * first + 100 * second) / 2});
}

TEST_F(PublicReports, LogitsFarApart) {  // NNlib.jl#68
  const std::string problem =
      " --logits " + xent.write<double>("x.npy", {1, 3}, {-431, 279, 427}) + labels("(1,)", {0});
  expect_losses(problem, {858});
  const std::string path = xent.file("gradient.npy");
  const std::string audit = fmt::format("audit{} --grad {}", problem, path);
  ASSERT_EQ(xent.run(fmt::format("eval --impl simd{} --grad-out {}", problem, path)).code, 0);
  EXPECT_EQ(xent.run(audit + " --max-ulp 4").code, 0);
  xent.write<double>("gradient.npy", {1, 3}, {-1, std::exp(-148.0), 1});
  EXPECT_EQ(xent.run(audit + " --max-ulp 4").code, 0);
  xent.write<double>("gradient.npy", {1, 3}, {-1, 0, 1});
  EXPECT_EQ(xent.run(audit + " --max-ulp 4").code, 1);
}

TEST_F(PublicReports, LogProbabilitiesBesideAnIgnoredRow) {  // pytorch#20406
  const std::string problem = floats("logits", {2, 3}, {2, 12, 2, 1, 0, 5}) +
                              labels("(2,)", {1, -100}) + " --ignore-index -100";
  expect_losses(problem, {std::log1p(2 * std::exp(-10.0))});
  expect_losses(problem + " --input log-probs", {-12});
}

TEST_F(PublicReports, EqualLogitsOf16Bits) {  // executorch PR#20090
  const std::vector<std::uint16_t> ones(512, 0x3f80);
  expect_losses(" --logits " + write_npy(xent, "x.npy", "<u2", "(1, 512)", ones) +
                    " --logits-dtype bf16" + labels("(1,)", {3}),
                {9 * std::numbers::ln2});
}

TEST_F(PublicReports, SumAboveF16) {  // pytorch#85791
  // 60,000 losses are log 4 each, their sum 83,000; f16 ends at 65,504.
  const std::vector<std::uint16_t> zeros(240000, 0);
  expect_losses(" --logits " + write_npy(xent, "x.npy", "<u2", "(60000, 4)", zeros) +
                    " --logits-dtype f16" + labels("(60000,)", std::vector<std::int64_t>(60000, 1)),
                {2 * std::numbers::ln2});
}

TEST_F(PublicReports, GivenProbabilities) {  // scikit-learn#17399, #17971
  const std::string problem = floats("logits", {3, 2}, {0, 1, 1, 0, 0.125F, 0.875F}) +
                              labels("(3,)", {0, 0, 0}) + " --input probs --reduction none";
  expect_losses(problem, {std::numeric_limits<double>::infinity(), 0, 3 * std::numbers::ln2});
}

TEST_F(PublicReports, TruncatedTeacher) {  // verl#7856
  // Two of six classes have the probabilities 1/2 and 1/4: the divergence may be below 0.
  const double loss = 0.75 * log_sum_exp({1, 6, 0, -1, 0.5, 5}) - 0.5 * 6 - 0.25 * 5;
  const double entropy = std::numbers::ln2;
  const std::string problem = floats("logits", {1, 6}, {1, 6, 0, -1, 0.5F, 5}) + " --csr " +
                              write_csr(xent, "teacher.safetensors", {0, 2}, {1, 5}, {0.5F, 0.25F});
  expect_losses(problem, {loss});
  ASSERT_LT(loss - entropy, 0);
  expect_losses(problem + " --kl-divergence", {loss - entropy});
}

TEST_F(PublicReports, ZLossOfIgnoredRows) {  // OLMo-core PR#702
  const double lse = log_sum_exp({1, 2, 0});
  const std::string problem = floats("logits", {2, 3}, {1, 2, 0, 9, 9, 9}) +
                              labels("(2,)", {1, -100}) + " --ignore-index -100";
  expect_losses(problem, {lse - 2});
  expect_losses(problem + " --z-loss 0.125", {lse - 2 + 0.125 * lse * lse});
}

TEST_F(PublicReports, Temperature) {  // tinker-cloud PR#26
  expect_losses(floats("logits", {1, 3}, {7, 0, -7}) + labels("(1,)", {2}) + " --temperature 0.7",
                {log_sum_exp({10, 0, -10}) + 10});
}

TEST_F(PublicReports, NextTokens) {  // transformers#47394
  // The labels of both positions of a sequence but the last are those of the next; the last one's
  // is ignored.
  const std::string logits = floats("logits", {1, 3, 2}, {0, 1, 2, 0, 5, 5});
  expect_losses(
      logits + labels("(1, 3)", {1, 0, 1}) + " --class-axis 2 --shift-labels --ignore-index -100",
      {(log_sum_exp({0, 1}) + log_sum_exp({2, 0})) / 2});
}

TEST_F(PublicReports, NoTarget) {  // tensorflow#60314
  const std::string problem =
      floats("logits", {1, 2}, {0.1F, 0.9F}) + floats("probs", {1, 2}, {0, 0});
  expect_losses(problem, {0});
  for (const std::string& name : evaluators())
    EXPECT_EQ(gradient(name, problem), std::vector<float>({0, 0})) << name;
}

TEST_F(PublicReports, IndicesAreLabels) {  // eshkol#552
  expect_losses(floats("logits", {2, 2}, {2, 0, 0, 2}) + labels("(2,)", {0, 1}),
                {0.126928011042972});
}

TEST_F(PublicReports, BothMemoryOrders) {  // pytorch#67167
  // [2, 3, 2], the classes on axis 1, in C's order and in Fortran's.
  const std::string y = labels("(2, 2)", {1, 2, 0, 1});
  const std::vector<float> of_c = {1, 0.5F, 2, -1, 0, 1, 3, 1, 0, 2, 1, 1};
  const std::vector<float> of_fortran = {1, 3, 2, 0, 0, 1, 0.5F, 1, -1, 2, 1, 1};
  const double mean = (log_sum_exp({1, 2, 0}) - 2 + log_sum_exp({0.5, -1, 1}) - 1 +
                       log_sum_exp({3, 0, 1}) - 3 + log_sum_exp({1, 2, 1}) - 2) /
                      4;
  expect_losses(floats("logits", {2, 3, 2}, of_c) + y, {mean});
  const std::string path = xent.file("fortran.npy");
  write_bytes(path, npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3, 2), }",
                        {reinterpret_cast<const char*>(of_fortran.data()), 48}));
  expect_losses(" --logits " + path + y, {mean});
}

TEST_F(PublicReports, RowWeights) {  // keras#13329, Liger PR#1298
  // The upstream gradient of a row multiplies its gradient as well as its loss.
  const std::string problem = floats("logits", {2, 2}, {0, 0, 0, 0}) + labels("(2,)", {0, 1}) +
                              floats("row-weight", {2}, {0.5F, 3}) + " --reduction sum";
  expect_losses(problem, {3.5 * std::numbers::ln2});
  for (const std::string& name : evaluators())
    EXPECT_EQ(gradient(name, problem), std::vector<float>({-0.25F, 0.25F, 1.5F, -1.5F})) << name;
}

}  // namespace
