// SPDX-License-Identifier: MIT
// The condition against its definition: sums of |x_k dy/dx_k|, the derivatives by differences of
// certified values.
#include "reference/judging/condition.hpp"

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/oracle.hpp"

namespace {

using namespace xent::reference;
using Row = RowEnclosure<Interval<56>>;

constexpr double h = 0x1p-20;

/// (y(x + h e_k) - y(x - h e_k)) / 2h, of what `value` reads.
template <class Value>
double slope(RowProblem row, std::ptrdiff_t k, Value value) {
  double& x = row.logits[static_cast<std::size_t>(k)];
  x += h;
  const Interval<56> above = value(Row(row, true));
  x -= 2 * h;
  const Interval<56> below = value(Row(row, true));
  return lower_double(Interval<56>(above - below)) / (2 * h);
}

template <class Value>
double condition(const RowProblem& row, Value value) {
  double sum = 0;
  for (std::ptrdiff_t k = 0; k < row.classes(); ++k)
    sum += std::abs(row.x(k) * slope(row, k, value));
  return sum;
}

void check(const RowProblem& row, const std::string& what) {
  const Condition found(row, Row(row, false));
  const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-9 + 1e-3 * b; };
  const double loss = condition(row, [](const Row& r) { return r.loss().value; });
  EXPECT_TRUE(near(found.of_loss(), loss))
      << fmt::format("{}: condition {} of the loss, not {}", what, loss, found.of_loss());
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j) {
    const double grad = condition(row, [j](const Row& r) { return r.gradient(j).value; });
    EXPECT_TRUE(near(found.of_gradient(j), grad)) << fmt::format(
        "{}: condition {} of component {}, not {}", what, grad, j, found.of_gradient(j));
  }
}

TEST(Condition, IsThatOfTheDefinition) {
  check({.logits = {0.5, -1, 2}, .targets = {0, 1, 0}, .weight = {}, .label = 1}, "a label");
  check({.logits = {9, -9, 0}, .targets = {1, 0, 0}, .weight = {3, 1, 1}, .label = 0}, "a weight");
  check({.logits = {0.5, -1, 2, 0}, .targets = {0.5, 0.25, 0.125, 0}, .weight = {}},
        "probabilities");
  check({.logits = {1, 3, 2},
         .targets = {0, 0, 1},
         .weight = {1, 2, 3},
         .options = {.label_smoothing = 0.25},
         .label = 2},
        "smoothing");
  const RowProblem masked{.logits = {1, -HUGE_VAL}, .targets = {1, 0}, .weight = {}};
  const Condition one(masked, Row(masked, false));
  EXPECT_TRUE(one.of_loss() == 0 && one.of_gradient(1) == 0) << "one class left";
  const RowProblem no_number{.logits = {1, NAN}, .targets = {1, 0}, .weight = {}};
  EXPECT_EQ(Condition(no_number, Row(no_number, false)).of_loss(), 0) << "a row without a loss";
}

}  // namespace
