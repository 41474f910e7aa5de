// SPDX-License-Identifier: MIT
// The oracle: its gradient is the derivative of its loss, each form of the same row gives the same
// enclosures, and the facts and sizes are those of the row.
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/oracle.hpp"
#include "tests/reference/one_row.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::OneRow;

constexpr unsigned digits = 56;
constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float nan = std::numeric_limits<float>::quiet_NaN();
using tests::EnclosedRow;
using Row = EnclosedRow<Interval<digits>>;

/// |(L(x + h e_j) - L(x - h e_j)) / 2h - g_j| <= Q h^2 / 6: the third derivatives of log-sum-exp
/// are at most 1.
void check_derivative(OneRow<double> row) {
  constexpr double h = 0x1p-20;
  const Row at(row.problem(), 0);
  for (std::size_t j = 0; j < row.logits.size(); ++j) {
    const double x = row.logits[j];
    row.logits[j] = x + h;
    Interval<digits> slope = Row(row.problem(), 0, false).loss().value;
    row.logits[j] = x - h;
    slope -= Row(row.problem(), 0, false).loss().value;
    row.logits[j] = x;
    slope /= 2 * h;
    const Interval<digits> gradient = at.gradient(static_cast<std::ptrdiff_t>(j)).value;
    EXPECT_LE(upper_double(magnitude(Interval<digits>(slope - gradient))),
              at.facts().target_mass * h * h / 6)
        << fmt::format("gradient component {} is the slope of the loss", j);
  }
}

bool same(const Interval<digits>& a, const Interval<digits>& b) {
  return mpfr_equal_p(lower(a), lower(b)) != 0 && mpfr_equal_p(upper(a), upper(b)) != 0;
}

void expect_same(const Problem<float>& a, const Problem<float>& b, std::ptrdiff_t i,
                 const std::string& what) {
  const Row one(a, 0, true);
  const Row other(b, i, true);
  EXPECT_TRUE(same(one.loss().value, other.loss().value)) << what + ": the same loss";
  for (std::ptrdiff_t j = 0; j < a.logits.cols; ++j)
    EXPECT_TRUE(same(one.gradient(j).value, other.gradient(j).value))
        << what + ": the same gradient in class " + std::to_string(j);
}

TEST(OracleForms, Forms) {
  const OneRow<float> row{.logits = {0.5F, -2, 3.25F}, .label = 2};
  const Problem<float> labels = row.problem();
  const std::int32_t narrow_label = 2;
  const Problem<float> narrow{.logits = labels.logits,
                              .targets = Labels<std::int32_t>{&narrow_label, 1, 1},
                              .options = labels.options};
  expect_same(labels, narrow, 0, "int32 labels");
  const OneRow<float> one_hot{.logits = row.logits, .probs = {0, 0, 1}};
  expect_same(labels, one_hot.problem(), 0, "one-hot probabilities");

  // Row 1 of two, its classes backwards in memory and two apart, junk between.
  const std::vector<float> strided = {nan, nan, nan, nan, nan, nan, 3.25F, nan, -2, nan, 0.5F, nan};
  const std::array<std::int64_t, 3> strided_labels = {2, -7, 0};
  const Problem<float> spread{.logits = {strided.data() + 4, 2, 3, 6, -2},
                              .targets = Labels<std::int64_t>{strided_labels.data() + 2, 2, -2},
                              .options = labels.options};
  expect_same(labels, spread, 1, "strides");

  const Problem<float> three{.logits = {row.logits.data(), 3, 3, 0, 1},
                             .targets = Labels<std::int64_t>{&row.label, 3, 0},
                             .options = {.reduction = Reduction::mean}};
  const Row mean(three, 0, true);
  const Row none(labels, 0, true);
  const Divisor divisor{AnyProblem(three)};
  for (std::ptrdiff_t j = 0; j < 3; ++j) {
    const Interval<digits> times_three = mean.gradient(j, divisor).value * 3;
    const Interval<digits> whole = none.gradient(j).value;
    EXPECT_TRUE(mpfr_lessequal_p(lower(whole), upper(times_three)) != 0 &&
                mpfr_lessequal_p(lower(times_three), upper(whole)) != 0)
        << "the gradient of the mean over three rows is a third";
  }
}

/// The facts against their definitions in double, where nothing is hard.
TEST(OracleForms, Facts) {
  const OneRow<float> row{.logits = {1, -0.5F, 2, -inf}, .probs = {0.25F, 0.5F, -0.125F, 0}};
  const Row exact(row.problem(), 0, true);
  const double sum = std::exp(-1.0) + std::exp(-2.5) + 1;
  const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-15 * std::abs(b); };
  const RowFacts& facts = exact.facts();
  EXPECT_TRUE(facts.classes == 4 && facts.max_abs == 2) << "classes and max |x|";
  EXPECT_TRUE(near(facts.spread, (std::exp(-1.0) + 2.5 * std::exp(-2.5)) / sum)) << "spread";
  EXPECT_TRUE(near(facts.tail, std::log(sum))) << "tail";
  EXPECT_TRUE(near(facts.target_mass, 0.875) && near(facts.gap, 0.25 + 1.25))
      << "target mass and gap";
  const GradFacts grad = exact.grad_facts(1);
  EXPECT_TRUE(near(grad.p, std::exp(-2.5) / sum) && grad.q == 0.5) << "p and q of a class";
  EXPECT_TRUE(grad.distance == 2.5 && grad.scale == 1) << "distance and scale of a class";
  EXPECT_TRUE(exact.grad_facts(3).p == 0 && exact.grad_facts(3).distance == 0) << "a masked class";
}

/// The size of a gradient component is that of its two terms, before they cancel:
/// |c_j| (1 - p_j) + p_j |sum_{i != j} c_i|.
TEST(OracleForms, Sizes) {
  const OneRow<float> row{.logits = {1, -0.5F, 2, -inf}, .probs = {0.25F, 0.5F, -0.125F, 0.5F}};
  const Row exact(row.problem(), 0, true);
  const double sum = std::exp(-1.0) + std::exp(-2.5) + 1;
  const auto expect_size = [&](std::ptrdiff_t j, double size) {
    EXPECT_LE(std::abs(upper_double(exact.gradient(j).size) - size), 1e-15)
        << fmt::format("the size of gradient component {}", j);
  };
  const auto of_terms = [](double c, double p, double others) {
    return std::abs(c) * (1 - p) + p * std::abs(others);
  };
  expect_size(0, of_terms(0.25, std::exp(-1.0) / sum, 0.875));
  expect_size(1, of_terms(0.5, std::exp(-2.5) / sum, 0.625));
  expect_size(2, of_terms(-0.125, 1 / sum, 1.25));
  expect_size(3, 0.5);  // masked
}

TEST(OracleForms, Derivatives) {
  check_derivative({.logits = {0.5, -1, 2, 0.25}, .label = 1});
  check_derivative({.logits = {9, -9, 0}, .label = 0});
  check_derivative({.logits = {0.5, -1, 2, 0.25}, .probs = {0.5, 0.125, 0, 0.25}});
}

}  // namespace
