// SPDX-License-Identifier: MIT
// The log-softmax of the reference is the negative of the losses against each label, masked classes
// and rows without a softmax included.
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "reference/judging/judge.hpp"
#include "reference/oracle.hpp"
#include "reference/rounding.hpp"
#include "tests/reference/hard_rows.hpp"

namespace {

using namespace xent;
using namespace xent::reference;

constexpr double infinity = std::numeric_limits<double>::infinity();

RowProblem of_label(RowProblem row, std::ptrdiff_t label) {
  row.options = {.temperature = row.options.temperature, .softcap = row.options.softcap};
  row.weight.clear();
  row.row_weight = 1;
  row.label = label;
  row.targets.assign(row.logits.size(), 0);
  row.targets[static_cast<std::size_t>(label)] = 1;
  return row;
}

TEST(LogSoftmax, IsTheNegativeOfLosses) {
  tests::HardRows rows(11);
  int compared = 0;
  for (int k = 0; k < 400; ++k) {
    RowProblem row = rows.row(DType::f64, 1 + k % 9);
    if (row.options.input != Input::logits) continue;
    const RowEnclosure<Interval<112>> exact(row, false);
    for (std::ptrdiff_t j = 0; j < row.classes(); ++j) {
      const RowEnclosure<Interval<112>> of_loss(of_label(row, j), false);
      const Exact<Interval<112>> u = exact.log_softmax(j);
      EXPECT_EQ(u.special, -of_loss.loss().special) << tests::text(row);
      const auto a = rounded(u, format_of(DType::f64));
      const auto b = rounded(of_loss.loss(), format_of(DType::f64));
      if (u.special != 0 || !a || !b) continue;
      ++compared;
      EXPECT_EQ(*a, -*b) << tests::text(row);
    }
  }
  EXPECT_GE(compared, 800);
}

TEST(LogSoftmax, OfARowWithoutASoftmax) {
  const RowEnclosure<Ball> exact({{0, infinity}, {1, 0}, {}, {}, 0, false}, false);
  EXPECT_TRUE(std::isnan(exact.log_softmax(0).special));
}

/// Each number is judged, beside the bound of a loss.
TEST(LogSoftmax, IsJudged) {
  const std::vector<double> x = {0, 1, -infinity, 2, 0.5, 4};
  std::vector<double> u;
  for (std::size_t i = 0; i < 6; i += 3) {
    const double lse = std::log(std::exp(x[i]) + std::exp(x[i + 1]) + std::exp(x[i + 2]));
    for (std::size_t j = i; j < i + 3; ++j) u.push_back(x[j] - lse);
  }
  const std::int64_t labels[] = {0, 1};
  const AnyProblem problem(Problem<double>{.logits = row_major(x.data(), 2, 3),
                                           .targets = Labels<std::int64_t>{labels, 2, 1}});
  AnyOutputs got;
  got.log_softmax = row_major(u.data(), 2, 3);
  const Bounds bounds{.loss = [](const RowFacts&) { return ErrorBound{.ulp = 64}; }};
  const ErrorStats right = judge(problem, got, bounds).log_softmax;
  EXPECT_TRUE(right.count == 6 && right.over_bound == 0 && right.categories.total() == 0);
  u[4] += 1e-9;
  const ErrorStats wrong = judge(problem, got, bounds).log_softmax;
  EXPECT_TRUE(wrong.over_bound == 1 && wrong.ratio_witness.row == 1 &&
              wrong.ratio_witness.column == 1);
}

}  // namespace
