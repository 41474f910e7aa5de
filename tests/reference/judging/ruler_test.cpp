// SPDX-License-Identifier: MIT
// The ruler: distances that are known exactly, at the edges of binades, among the subnormals and
// next to inf; bounds that are met exactly.
#include "reference/judging/ruler.hpp"

#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/reference/numbers/exact_value.hpp"

namespace {

using namespace xent;
using namespace xent::reference;
using tests::between;
using tests::point;
using tests::Real;
using tests::Value;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr Format f32 = format_of(DType::f32);
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void expect_ulp(double got, const Value& exact, Format format, double ulp, std::string_view what) {
  const Error error = measure<Real>(got, exact, Quantity::loss, {.format = format});
  const std::string where = fmt::format("{} (p = {})", what, format.digits);
  EXPECT_TRUE(error.category == nullptr && error.decided) << where + ": a decided number";
  EXPECT_TRUE(error.lo <= ulp && ulp <= error.hi && error.hi - error.lo < 1e-12)
      << fmt::format("{}: {} ulp, not [{}, {}]", where, ulp, error.lo, error.hi);
}

void check_distances(Format format) {
  const double eps = std::ldexp(1.0, 1 - format.digits);
  const double least = std::ldexp(1.0, format.min_exponent + 1 - format.digits);
  const auto is = [&](double got, const Value& exact, double ulp, std::string_view what) {
    expect_ulp(got, exact, format, ulp, what);
  };
  is(1 + eps, point(1), 1, "one ulp above 1");
  is(1 - eps / 2, point(1), 0.5, "the number below 1, from 1");
  is(1, point(Real(1) - eps / 64), 1.0 / 32, "1, from just below it");
  is(1, point(Real(1) + eps / 64), 1.0 / 64, "1, from just above it");
  is(-1 - eps, point(-1), 1, "a negative value");
  is(2, point(1), 1 / eps, "twice the value");
  const double small = 64 * least;
  is(small + least, point(small), 1, "among the subnormals");
  const double normal = format.smallest_normal();
  is(normal - least, point(normal), 1, "the largest subnormal, from the least normal number");
  is(normal, point(Real(normal) - least), 1, "and the other way round");
  is(2 * normal - least, point(Real(2 * normal) - Real(least) / 2), 0.5, "below the next binade");
  is(2 * normal, point(Real(2 * normal) + Real(least) / 2), 0.25, "and above it");
  is(0, point(Real(least) / 1024), 1.0 / 1024, "0 for less than half the least number");
  is(least, point(Real(least) / 4), 0.75, "the least number for a quarter of it");
  is(0, point(0), 0, "0 for 0");
  is(0, point(Real(least) / least / 3 * least), 1.0 / 3, "0 for a third");
  EXPECT_EQ(measure<Real>(least, point(0), Quantity::loss, {.format = format}).category,
            &Categories::not_zero)
      << "no number for 0";
}

void check_overflow(Format format) {
  const double max = format.largest;
  const double max_ulp = std::ldexp(1.0, format.max_exponent + 1 - format.digits);
  const Real threshold = Real(max) + Real(max_ulp) / 2;
  expect_ulp(inf, point(threshold), format, 0, "inf for what rounds to it");
  expect_ulp(max, point(threshold - max_ulp / 1024), format, 0.5 - 1.0 / 1024,
             "the largest, next to inf");
  const auto error = [&](double got, const Value& exact) {
    return measure<Real>(got, exact, Quantity::loss, {.format = format});
  };
  const Error high = error(inf, point(threshold - max_ulp / 1024));
  EXPECT_TRUE(high.category == &Categories::inf_unexpected && high.decided) << "inf just too early";
  const Error low = error(max, point(threshold));
  EXPECT_TRUE(low.category == &Categories::inf_missing && low.decided)
      << "the largest just too late";
  const auto within = [&](double got, const Value& exact, double ulp) {
    return measure<Real>(got, exact, Quantity::loss,
                         {.format = format, .bound = Real(max_ulp) * ulp});
  };
  for (const double side : {1.0, -1.0}) {
    const Value just_below = point((threshold - max_ulp / 1024) * side);
    const Value above = point((threshold + max_ulp / 4) * side);
    const Error early = within(side * inf, just_below, 0.75);
    EXPECT_TRUE(early.category == nullptr && early.decided && early.ratio <= 0.67 &&
                early.hi < 0.51 && !early.nearest)
        << "inf, half an ulp off, within the bound";
    const Error late = within(side * max, above, 0.8);
    EXPECT_TRUE(late.category == nullptr && late.decided && late.ratio <= 0.94 && !late.nearest)
        << "the largest, three quarters of an ulp off, within the bound";
    EXPECT_EQ(within(side * inf, just_below, 0.5).category, &Categories::inf_unexpected)
        << "inf above the bound";
    EXPECT_EQ(within(side * max, above, 0.7).category, &Categories::inf_missing)
        << "the largest above the bound";
    EXPECT_NE(within(-side * inf, just_below, 1).category, nullptr) << "inf of another sign";
  }
  EXPECT_FALSE(error(max, between(threshold - max_ulp / 8, threshold)).decided)
      << "a value about the threshold is not decided";
}

/// Enclosures that hold 1, or end there: all of it, and the exact value known not to be its end.
TEST(Ruler, PowersOfTwo) {
  const auto error = [](const Value& y) {
    return measure<Real>(1 + 0x1p-23, y, Quantity::loss, {.format = f32});
  };
  const auto open = [](Value y) {
    y.open = y.open_size = true;
    return y;
  };
  const Real vanishing = scaled(Real(1), -90);
  const Error both = error(between(Real(1) - vanishing, Real(1) + vanishing));
  EXPECT_TRUE(!both.decided && both.lo < 1.1 && both.hi > 1.9)
      << "about 1: either ulp, not decided";
  EXPECT_FALSE(error(open(between(Real(1) - vanishing, Real(1) + vanishing))).decided)
      << "nor where only the ends are left out";
  EXPECT_FALSE(error(between(Real(1) - vanishing, 1)).decided)
      << "from below up to 1: 1 is left open";
  const Error below = error(open(between(Real(1) - vanishing, 1)));
  EXPECT_TRUE(below.decided && below.lo > 1.9) << "certainly below 1: the smaller ulp";
  const Error above = error(open(between(1, Real(1) + vanishing)));
  EXPECT_TRUE(above.decided && above.hi < 1.1) << "certainly above 1: the larger ulp";
  const Real bound =
      absolute_bound(ErrorBound{.ulp = 3}, between(Real(1) - vanishing, Real(1) + vanishing), f32);
  EXPECT_TRUE(mpfr_cmp_d(lower(bound), 3 * 0x1p-24) == 0 &&
              mpfr_cmp_d(upper(bound), 3 * 0x1p-23) == 0)
      << "a bound in ulp is as open as the ulp";
}

/// 3/2 ulp of y = 1 are 3/16 ulp of terms of size 8.
TEST(Ruler, Terms) {
  const Value y = between(1, 1, 8);
  const Error error = measure<Real>(1 + 3 * 0x1p-24, y, Quantity::gradient, {.format = f32});
  EXPECT_TRUE(error.hi == 1.5 && error.terms == 1.5 / 8) << "in ulp of y, and of its terms";
  EXPECT_FALSE(measure<Real>(nan, y, Quantity::gradient, {.format = f32}).measured) << "NaN is not";
}

/// An error of 3/2 ulp of f32 at y = 1 + 2^-24, in every view.
TEST(Ruler, Views) {
  const Value y = point(Real(1) + 0x1p-24);
  const Error error = measure<Real>(1 + 2 * 0x1p-23, y, Quantity::loss,
                                    {.format = format_of(DType::f32), .condition = 5});
  const auto just_above = [](std::optional<double> value, double exact) {
    return exact <= value && value <= exact * (1 + 0x1p-48);
  };
  EXPECT_TRUE(just_above(error.relative, 3 * 0x1p-24 / (1 + 0x1p-24))) << "relative to y";
  EXPECT_TRUE(just_above(error.absolute, 3)) << "in u";
  EXPECT_TRUE(just_above(error.backward, 3 / (6 + 0x1p-24))) << "over |y| and the condition";
  const Error tiny =
      measure<Real>(0, point(0x1p-140), Quantity::loss, {.format = format_of(DType::f32)});
  EXPECT_TRUE(!tiny.relative && !tiny.backward && tiny.absolute > 0.0)
      << "no relative error among the subnormals, no backward one without a condition";
}

TEST(Ruler, Bounds) {
  const Real two_terms =
      absolute_bound(ErrorBound{.ulp = 2, .relative = 3, .absolute = 4}, point(2), f32);
  EXPECT_TRUE(mpfr_cmp_d(lower(two_terms), 2 * 0x1p-22 + 0x1p-24 * (3 * 2 + 4)) == 0 &&
              mpfr_cmp_d(upper(two_terms), 2 * 0x1p-22 + 0x1p-24 * (3 * 2 + 4)) == 0)
      << "ulp * ulp(size) + u (relative * size + absolute)";
  const Value y = point(Real(1) + 0x1p-24);
  const float got = 1 + 2 * 0x1p-23F;
  const auto ratio = [&](double ulp) {
    const Real bound = absolute_bound(ErrorBound{.ulp = ulp}, y, f32);
    return measure<Real>(static_cast<double>(got), y, Quantity::loss,
                         {.format = f32, .bound = bound})
        .ratio;
  };
  EXPECT_EQ(ratio(1.5), 1) << "an error of 1.5 ulp meets a bound of 1.5";
  EXPECT_GT(ratio(std::nextafter(1.5, 0)), 1) << "and breaks the next smaller one";
  EXPECT_TRUE(ratio(0) == inf && ratio(nan) == inf)
      << "an error breaks a bound of 0, and NaN is none";
  const Real far_below = scaled(Real(1), -1100);  // neither is a double
  EXPECT_EQ(measure<Real>(0, point(far_below), Quantity::loss,
                          {.format = format_of(DType::f64), .bound = scaled(Real(1), -1075)})
                .ratio,
            0x1p-25)
      << "an error and a bound below the least double";
  EXPECT_EQ(measure<Real>(1, point(1), Quantity::loss, {.format = f32, .bound = Real(0)}).ratio, 0)
      << "no error meets it";
}

TEST(Ruler, Half) {
  const Real half = Real(1) + 0x1p-24;
  const Error tie = measure<Real>(1, point(half), Quantity::loss, {.format = f32});
  EXPECT_TRUE(tie.decided && tie.hi == 0.5 && tie.nearest) << "a tie is correctly rounded";
  const Error past = measure<Real>(1, point(half + Real(0x1p-84)), Quantity::loss, {.format = f32});
  EXPECT_TRUE(past.decided && past.hi > 0.5 && !past.nearest) << "0.5 (1 + 2^-60) ulp is not";
  const Error short_of =
      measure<Real>(1, point(half - Real(0x1p-84)), Quantity::loss, {.format = f32});
  EXPECT_TRUE(short_of.decided && short_of.hi == 0.5 && short_of.nearest)
      << "0.5 (1 - 2^-60) ulp is";
  const Error lower_binade = measure<Real>(1 - 0x1p-24, point(1), Quantity::loss, {.format = f32});
  EXPECT_TRUE(lower_binade.hi == 0.5 && !lower_binade.nearest)
      << "half an ulp below a power of two is not";
  Value above = between(half, half + Real(0x1p-80));
  EXPECT_FALSE(measure<Real>(1, above, Quantity::loss, {.format = f32}).decided)
      << "a tie or just above: not decided";
  above.open = true;
  const Error beyond = measure<Real>(1, above, Quantity::loss, {.format = f32});
  EXPECT_TRUE(beyond.decided && beyond.hi > 0.5 && !beyond.nearest)
      << "certainly above a tie: not correctly rounded";
  const Error other = measure<Real>(1 + 0x1p-23, above, Quantity::loss, {.format = f32});
  EXPECT_TRUE(other.decided && other.hi == 0.5 && other.nearest) << "its neighbour is";
  const Error wide =
      measure<Real>(1, between(1, Real(1) + 0x1p-32), Quantity::loss, {.format = f32});
  EXPECT_FALSE(wide.decided) << "2^-9 ulp of an error near 0 is not known to 2^-10";
}

/// Errors next to a limit and to a bound, by less than a double tells.
TEST(Ruler, Limits) {
  const auto error = [](const Real& distance, const Scales<Real>& scales) {
    return measure<Real>(1, point(Real(1) + distance), Quantity::loss, scales);
  };
  const Real little(0x1p-84);
  const Real two_ulp(0x1p-22);
  const Scales<Real> limited{.format = f32, .limit = 2};
  const Error at_most = error(two_ulp - little, limited);
  EXPECT_TRUE(at_most.decided && at_most.hi == 2) << "just within the limit is not rounded past it";
  const Error more = error(two_ulp + little, limited);
  EXPECT_TRUE(more.decided && more.hi > 2) << "just above it is";
  const auto open = between(Real(1) + (two_ulp - little), Real(1) + (two_ulp + little));
  EXPECT_FALSE(measure<Real>(1, open, Quantity::loss, limited).decided)
      << "about the limit: not decided";
  const Scales<Real> bounded{.format = f32, .bound = two_ulp};
  const Error within = error(two_ulp - little, bounded);
  EXPECT_TRUE(within.decided && within.ratio == 1)
      << "just within the bound is not rounded past it";
  const Error broken = error(two_ulp + little, bounded);
  EXPECT_TRUE(broken.decided && broken.ratio > 1) << "just above it is";
}

TEST(Ruler, Distances) {
  for (const DType dtype : all_dtypes) check_distances(format_of(dtype));
}

TEST(Ruler, Overflow) {
  for (const DType dtype : all_dtypes) check_overflow(format_of(dtype));
}

}  // namespace
