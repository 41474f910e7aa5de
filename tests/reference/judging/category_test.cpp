// SPDX-License-Identifier: MIT
// Categories: each outcome that is not a number of ulp, beside the nearest that is one.
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "reference/judging/ruler.hpp"
#include "tests/reference/numbers/exact_value.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::between;
using tests::point;
using tests::Real;
using tests::special;
using tests::Value;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr Format f32 = format_of(DType::f32);
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void expect_category(Category category, double got, Value y, Quantity quantity, bool open = false) {
  y.open = y.open || open;
  const Error error = measure<Real>(got, y, quantity, {.format = format_of(DType::f32)});
  EXPECT_EQ(error.category, category) << fmt::format("the category of {:a}", got);
  EXPECT_TRUE(error.decided) << fmt::format("that the category of {:a} is decided", got);
}

TEST(Category, Categories) {
  const auto loss = Quantity::loss;
  const auto gradient = Quantity::gradient;
  expect_category(&Categories::nan_unexpected, nan, point(1), loss);
  expect_category(&Categories::nan_unexpected, nan, special(inf), loss);
  expect_category(&Categories::nan_missing, 1, special(nan), gradient);
  expect_category(nullptr, nan, special(nan), loss);
  expect_category(&Categories::inf_unexpected, inf, point(1), loss);
  expect_category(&Categories::inf_missing, 0x1p127, special(inf), loss);
  expect_category(nullptr, inf, special(inf), loss);
  expect_category(&Categories::wrong_sign, -inf, special(inf), loss);
  expect_category(&Categories::wrong_sign, -inf, point(1), loss);
  expect_category(&Categories::wrong_sign, inf, point(-1), gradient);
  expect_category(&Categories::wrong_sign, 1e-9, point(-1e-9), loss);
  expect_category(&Categories::negative, -1e-9, point(1e-9), loss);
  expect_category(&Categories::negative, -1e-9, point(0), loss);
  expect_category(nullptr, -1e-9, point(-1e-9), loss);
  expect_category(&Categories::wrong_zero, -0.0, point(0), loss);
  expect_category(&Categories::wrong_zero, -0.0, point(1e-60), loss);
  expect_category(nullptr, -0.0, point(-1e-60), loss);
  expect_category(nullptr, 0.0, point(1e-60), loss);
  expect_category(&Categories::lost, -0.0, point(1e-9), loss);
  expect_category(&Categories::not_zero, 1e-9, point(0), loss);
  expect_category(&Categories::not_zero, -1e-40, point(0), gradient);
  expect_category(nullptr, -0.0, point(0), gradient);
  expect_category(&Categories::wrong_sign, 1e-9, point(-1e-9), gradient);
  expect_category(&Categories::lost, 0, point(0x1p-126), loss);
  expect_category(&Categories::lost, 0, point(-0x1p-126), gradient);
  expect_category(nullptr, 0, point(Real(0x1p-126) - 0x1p-150), loss);
  EXPECT_FALSE(measure<Real>(1e-9, between(-1e-9, 1e-9, 1), gradient, {.format = f32}).decided)
      << "a sign that the enclosure leaves open";
  EXPECT_FALSE(measure<Real>(nan, between(-inf, inf), gradient, {.format = f32}).decided)
      << "NaN where nothing is known";
  // exp(-1e9) is below all numbers of the finest arithmetic, but not 0.
  Value below = between(-1e-30, 0);
  below.open = true;
  expect_category(&Categories::wrong_sign, 1e-9, below, gradient);
  expect_category(&Categories::negative, -1e-9, between(0, 1e-30), loss, true);
}

/// Two terms of size 1 that cancel to less than the bound, and to more; and terms that do not.
TEST(Category, Rule) {
  const Value cancelled = between(1e-9, 1e-9, 1);
  const auto error = [](double got, const Value& y, const Real& bound) {
    return measure<Real>(got, y, Quantity::gradient, {.format = f32, .bound = bound});
  };
  for (const double got : {0.0, -1e-9}) {
    const Category category = got == 0 ? &Categories::lost : &Categories::wrong_sign;
    const Error plain = measure<Real>(got, cancelled, Quantity::gradient, {.format = f32});
    EXPECT_TRUE(plain.category == category && !plain.cancelled) << "what no unit hides";
    const Error within = error(got, cancelled, Real(1e-7));
    EXPECT_TRUE(within.category == category && within.cancelled && !within.nearest &&
                within.ratio < 1)
        << "allowed by a bound that is larger";
    EXPECT_FALSE(error(got, cancelled, Real(1e-10)).cancelled) << "not by one that is smaller";
    EXPECT_FALSE(error(got, point(1e-9), Real(1e-7)).cancelled) << "nor where nothing cancels";
  }
  Value mixed = point(1e-9);
  mixed.mixed = true;
  EXPECT_TRUE(error(0, mixed, Real(1e-7)).cancelled)
      << "a component that is the share of a cancelled sum";
  EXPECT_EQ(error(1e-9, point(0), Real(1e-7)).category, &Categories::not_zero) << "no number for 0";
  EXPECT_FALSE(error(nan, mixed, Real(1e-7)).cancelled) << "NaN is never allowed";
}

}  // namespace
