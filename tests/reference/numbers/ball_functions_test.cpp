// SPDX-License-Identifier: MIT
// Ball's exponential and logarithm against MPFI at 112 digits, and its conversions.
#include <algorithm>
#include <array>
#include <cstdio>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/reference/numbers/random_ball.hpp"

namespace {

using namespace xent::reference;
using xent::tests::exact;
using xent::tests::is_inside;
using xent::tests::is_unknown;
using xent::tests::RandomBalls;
using xent::tests::text;
using xent::tests::Wide;
using xent::tests::width;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double step = 0x1.62e42fefa39efp-11;  // log(2) / 1024, between two roots of the table

/// exp(a - b); returns how far its centre is off, relatively.
double check_exponential(double a, double b) {
  Ball x;
  set_difference(x, a, b);
  Ball got;
  exponential(got, x);
  Interval<112> known = a;
  known -= b;
  exponential(known, Interval<112>(known));
  const std::string what = "exp " + text(x) + " = " + text(got);
  if (x.hi < -600) {
    EXPECT_TRUE(is_inside(known, exact(got))) << what;
    EXPECT_TRUE(got.hi + got.error <= 0x1p-864 && got.hi >= got.error)
        << what + " is in [0, 2^-864]";
    return 0;
  }
  Interval<112> error = Interval<112>(got.hi) - known;
  error += got.lo;
  const double off = upper_double(magnitude(Interval<112>(error / known)));
  EXPECT_TRUE(is_inside(known, exact(got)) && off <= exponential_error) << what;
  EXPECT_LE(got.error, exponential_error * 1.001 * got.hi) << what + " is narrow";
  return off;
}

void check_exponentials(int count) {
  RandomBalls random(2);
  double worst = 0;
  for (int i = 0; i < count; ++i) {
    const double b = random.number();
    const double x = -random.uniform(0, 700);
    const double between = -(random.below(900000) + 0.5) * step;  // where the nearest root changes
    const double y = random.uniform(-20, 20);
    worst = std::max({worst, check_exponential(x, 0), check_exponential(y + x, y),
                      check_exponential(between * (1 + random.below(9) * 0x1p-52), 0),
                      check_exponential(between, random.uniform(0, 1) * 0x1p-44),
                      check_exponential(-random.below(900000) * step, 0x1p-60 * y * y),
                      check_exponential(-std::ldexp(1, -random.below(1074)), 0),
                      check_exponential(std::min(b, -b), 0), check_exponential(-600, x * 0x1p-60)});
  }
  for (const double x : {0.0, -0.0, -0x1p-1074, -600.0, std::nextafter(-600, -601), -745.2, -1e308})
    worst = std::max(worst, check_exponential(x, 0));
  (void)std::printf("exponential: largest relative error %a, bound %a\n", worst, exponential_error);
}

TEST(BallFunctions, ExponentialsOfBalls) {
  Ball got;
  for (const double error : {0x1p-1074, 0x1p-80, 0.001, 0.5}) {
    exponential(got, Ball(Pair{-3, 0}, error));
    const Wide ends = exp(exact(Ball(Pair{-3, 0}, error)));
    EXPECT_TRUE(is_inside(ends, exact(got))) << "exp of an uncertain number";
    EXPECT_LE(got.error, got.hi * (2.01 * error + 0x1p-97))
        << "exp of an uncertain number is narrow";
  }
  const Ball below(Pair{std::nextafter(-600, -601), 0}, 0.5);
  exponential(got, below);
  EXPECT_TRUE(is_inside(Wide(exp(exact(below))), exact(got))) << "exp below the range";
  for (const Ball& x : {Ball(Pair{-3, 0}, 0.51), Ball(Pair{-700, 0}, 1), Ball(601), Ball(infinity),
                        Ball(-infinity), Ball(0) / Ball(0)}) {
    exponential(got, x);
    EXPECT_TRUE(is_unknown(got)) << "exp " + text(x) + " is unknown";
  }
}

void check_log1p(int count) {
  RandomBalls random(3);
  for (int i = 0; i < count; ++i) {
    const Ball x = magnitude(random.ball());
    const Ball got = log1p(x);
    const Wide ends = boost::multiprecision::log1p(exact(x));
    EXPECT_TRUE(is_inside(ends, exact(got))) << "log1p " + text(x) + " = " + text(got);
    EXPECT_LE(got.error, width(ends) + std::abs(got.hi) * 0x1p-100 + 0x1p-1073)
        << "log1p " + text(x) + " = " + text(got) + " is narrow";
  }
  EXPECT_TRUE(is_zero(log1p(Ball()))) << "log1p(0) = 0";
  for (const Ball& x : {Ball(-1), Ball(-2), Ball(Pair{-0.5, 0}, 0.5), Ball(infinity)})
    EXPECT_TRUE(is_unknown(log1p(x))) << "log1p " + text(x) + " is unknown";
}

template <unsigned Digits>
void check_enclosing(double a, double b, RandomBalls& random) {
  Interval<Digits> y = Interval<Digits>(a) / (random.below(9) + 1);
  if (random.below(2) == 0) mpfi_put_d(raw(y), b);
  const Ball got = enclosing<Ball>(y);
  const std::string what = "enclosure " + text(got);
  if (std::isinf(got.hi)) {
    EXPECT_TRUE(is_unknown(got)) << what + " is unknown";
    return;
  }
  EXPECT_TRUE(is_inside(y, exact(got))) << what;
  EXPECT_EQ(got.hi + got.lo, got.hi) << what + ": hi is the nearest double";
  EXPECT_LE(got.error, 0.51 * width(y) + std::abs(got.hi) * 0x1p-104 + 0x1p-1073)
      << what + " is narrow";
}

void check_conversions(int count) {
  RandomBalls random(4);
  for (int i = 0; i < count; ++i) {
    const Ball x = random.ball();
    const Interval<56> y = interval_of(x);
    EXPECT_TRUE(is_inside(exact(x), y)) << "interval of " + text(x);
    const double slack = std::abs(x.hi) * 0x1p-187 + x.error * 1.001;
    EXPECT_LE(width(y), 2.01 * slack + 0x1p-1073) << "interval of " + text(x) + " is narrow";
    check_enclosing<28>(x.hi, random.number(), random);
    check_enclosing<896>(x.hi, random.number(), random);
  }
  Interval<28> all;
  mpfr_set_inf(&raw(all)->left, -1);
  mpfr_set_inf(&raw(all)->right, 1);
  EXPECT_TRUE(is_unknown(enclosing<Ball>(all))) << "all reals are unknown";
  const Interval<56> unknown = interval_of(Ball(infinity));
  EXPECT_TRUE(mpfr_inf_p(lower(unknown)) != 0 && mpfr_inf_p(upper(unknown)) != 0 &&
              mpfi_has_zero(raw(unknown)) != 0)
      << "unknown is all reals";
  EXPECT_TRUE(is_zero(enclosing<Ball>(Interval<56>())) && is_zero(interval_of(Ball()))) << "0 is 0";
}

TEST(BallFunctions, Exponentials) { check_exponentials(30000); }
TEST(BallFunctions, Log1p) { check_log1p(20000); }
TEST(BallFunctions, Conversions) { check_conversions(20000); }

}  // namespace
