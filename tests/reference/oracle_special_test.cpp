// SPDX-License-Identifier: MIT
// The oracle: special values are answered by the policy, and closed forms are told from values that
// no precision encloses in a point.
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/evaluate.hpp"
#include "reference/oracle.hpp"
#include "tests/reference/one_row.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::OneRow;

constexpr unsigned digits = 56;
constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float nan = std::numeric_limits<float>::quiet_NaN();
using Row = tests::EnclosedRow<Interval<digits>>;

/// Whether the loss and each gradient component are as expected; NaN stands for NaN.
void expect_row(const OneRow<float>& row, double loss, const std::vector<double>& grad,
                std::string_view what) {
  const Row exact(row.problem(), 0, true);
  const auto is = [](const Exact<Interval<digits>>& y, double value) {
    if (y.special != 0 || !std::isfinite(value))
      return std::isnan(value) ? std::isnan(y.special) : y.special == value;
    return std::abs(lower_double(y.value) - value) <= 1e-15;
  };
  EXPECT_TRUE(is(exact.loss(), loss)) << fmt::format("{}: the loss", what);
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j)
    EXPECT_TRUE(is(exact.gradient(j), grad[static_cast<std::size_t>(j)]))
        << fmt::format("{}: the gradient in class {}", what, j);
}

TEST(OracleSpecial, SpecialValues) {
  const std::vector<double> undefined = {nan, nan, nan};
  expect_row({.logits = {0, nan, 1}}, nan, undefined, "a NaN logit");
  expect_row({.logits = {0, inf, 1}}, nan, undefined, "a +inf logit");
  expect_row({.logits = {-inf, -inf, -inf}}, nan, undefined, "only -inf");
  expect_row({.logits = {0, 0, 1}, .probs = {0.5F, nan, 0}}, nan, undefined, "a NaN probability");
  expect_row({.logits = {0, 0, 1}, .probs = {0.5F, inf, 0}}, nan, undefined, "an infinite one");
  expect_row({.logits = {-inf, 4, 4}}, inf, {-1, 0.5, 0.5}, "the label masked");
  expect_row({.logits = {-inf, 4, 4}, .probs = {0.25F, 0.75F, 0}}, inf, {-0.25, -0.25, 0.5},
             "a weight on a masked class");
  expect_row({.logits = {-inf, 4, 4}, .probs = {0, 1, 0}}, std::log(2.0), {0, -0.5, 0.5},
             "no weight on a masked class");
  expect_row({.logits = {1, 2, 3}, .probs = {0, 0, 0}}, 0, {0, 0, 0}, "no weight at all");
  expect_row({.logits = {3e38F, -3e38F}, .label = 0}, 0, {0, 0}, "the largest gap");
}

/// Transcendental are a loss with two finite logits or more, and a gradient where two differ; but
/// for Q = 0.
TEST(OracleSpecial, Open) {
  const auto open = [](const OneRow<float>& row, std::ptrdiff_t j) {
    const Row exact(row.problem(), 0, true);
    return std::pair(exact.loss().open, exact.gradient(j).open);
  };
  EXPECT_EQ(open({.logits = {1, 2}}, 0), std::pair(true, true)) << "two logits";
  EXPECT_EQ(open({.logits = {1, 1}}, 0), std::pair(true, false)) << "equal logits";
  EXPECT_EQ(open({.logits = {1, -inf}}, 0), std::pair(false, false)) << "one finite logit";
  EXPECT_EQ(open({.logits = {1, 2, -inf}}, 2), std::pair(true, false)) << "a masked class";
  EXPECT_EQ(open({.logits = {1, 2}, .probs = {1, -1}}, 0), std::pair(false, false)) << "Q = 0";
}

/// A row whose coefficients overflow in double-double has masked classes of unknown signs there;
/// the infinite loss of another row does not decide the mean before they are known.
TEST(OracleSpecial, Reduced) {
  const std::vector<double> logits = {-inf, -inf, 0, 0, -inf, 0};
  const std::vector<double> probs = {1, -1, 0, 0, 1, 0};
  const std::vector<double> weight(3, 0x1.8p1023);
  for (const Reduction reduction : {Reduction::sum, Reduction::mean}) {
    const Problem<double> problem{.logits = row_major(logits.data(), 2, 3),
                                  .targets = row_major(probs.data(), 2, 3),
                                  .options = {.reduction = reduction, .label_smoothing = 0.1},
                                  .weight = {.data = weight.data(), .size = 3}};
    const EvaluateOptions options{.loss = format_of(DType::f64), .grad = format_of(DType::f64)};
    EXPECT_TRUE(std::isnan(evaluate(problem, options).loss[0])) << "NaN and an infinity";
  }
}

/// Where exp(-d) is below the smallest number of the finest arithmetic, the signs of a loss and of
/// a component with a z-loss are known from their factors: they round to zeros of those signs.
TEST(OracleSpecial, SignsBelowEveryNumber) {
  constexpr double large = 0x1p1000;
  const std::vector<double> logits = {large, -large, 0, -large};
  const std::vector<double> probs = {0.5, 0, -0.5, 0};
  const Problem<double> problem{.logits = row_major(logits.data(), 2, 2),
                                .targets = row_major(probs.data(), 2, 2),
                                .options = {.reduction = Reduction::none, .z_loss = 0.25}};
  std::vector<std::vector<double>> grad(2);
  const EvaluateOptions options{
      .loss = format_of(DType::f64),
      .grad = format_of(DType::f64),
      .gradient =
          [&](std::ptrdiff_t i, std::span<const double> numbers) {
            grad.at(static_cast<std::size_t>(i)).assign(numbers.begin(), numbers.end());
          },
      .threads = 1};
  const auto got = evaluate(problem, options);
  EXPECT_TRUE(got.undecided.empty());
  EXPECT_TRUE(got.loss[1] == 0 && std::signbit(got.loss[1])) << "-l / 2 + k l^2, l = exp(-2^1000)";
  EXPECT_TRUE(grad[0][1] == 0 && !std::signbit(grad[0][1])) << "p (Q + 2 k lse) > 0";
  EXPECT_TRUE(grad[1][1] == 0 && std::signbit(grad[1][1])) << "p (Q + 2 k lse) < 0";
}

/// The loss of the second row overflows in double-double: the mean, an infinity over an infinity,
/// is no zero for that.
TEST(OracleSpecial, InfiniteDivisor) {
  constexpr double large = 0x1.8p1023;
  const std::vector<double> logits = {0, 0, large, -large};
  const std::vector<double> weight = {inf, 1};
  const std::vector<std::int64_t> labels = {0, 1};
  const Problem<double> problem{.logits = row_major(logits.data(), 2, 2),
                                .targets = Labels<std::int64_t>{.data = labels.data(), .size = 2},
                                .options = {.reduction = Reduction::mean},
                                .weight = {.data = weight.data(), .size = 2}};
  const EvaluateOptions options{.loss = format_of(DType::f64), .grad = format_of(DType::f64)};
  EXPECT_TRUE(std::isnan(evaluate(problem, options).loss[0])) << "inf / inf";
}

}  // namespace
