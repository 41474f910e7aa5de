// SPDX-License-Identifier: MIT
// Ball's arithmetic: its results hold those of MPFI at 2976 bits, and are not much wider.
#include "reference/numbers/ball.hpp"

#include <array>

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
constexpr double largest = std::numeric_limits<double>::max();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// `got` holds `all`, and its error is at most 2.1 times the unavoidable, 2^-100 of itself, and
/// `floor`.
void check(const Ball& got, const Wide& all, double floor, const std::string& what) {
  Wide size;
  mpfi_mag(&raw(size)->right, raw(all));
  if (mpfr_cmp_d(upper(size), largest / 4) > 0) {  // it may overflow
    EXPECT_TRUE(is_unknown(got) || is_inside(all, exact(got))) << what + " holds what may overflow";
    return;
  }
  if (!std::isfinite(got.error)) return ADD_FAILURE() << what + " is known";
  EXPECT_EQ(got.hi + got.lo, got.hi) << what + ": hi is the nearest double";
  EXPECT_TRUE(is_inside(all, exact(got))) << what + " = " + text(got) + " holds the exact result";
  EXPECT_LE(got.error, 1.05 * width(all) + std::abs(got.hi) * 0x1p-100 + floor)
      << what + " = " + text(got) + " is narrow";
}

void check_sums_and_products(const Ball& a, const Ball& b, const std::string& of) {
  const bool exact_0 = is_zero(a) || is_zero(b);
  const double overlap = std::min(a.error, largest / 4) * std::min(b.error, 1e150);
  check(a + b, exact(a) + exact(b), 0, "sum of " + of);
  check(a - b, exact(a) - exact(b), 0, "difference of " + of);
  check(a * b, exact(a) * exact(b), exact_0 ? 0 : overlap + 0x1p-999, "product of " + of);
  const double d = b.hi;
  const bool zero = is_zero(a) || d == 0;
  check(a + d, exact(a) + d, 0, "sum with hi of " + of);
  check(a - d, exact(a) - d, 0, "difference with hi of " + of);
  check(d - a, d - exact(a), 0, "difference from hi of " + of);
  check(a * d, exact(a) * d, zero ? 0 : 0x1p-999, "product with hi of " + of);
}

void check_quotient(const Ball& a, const Ball& b, const std::string& of) {
  const Ball quotient = a / b;
  if (b.error >= std::abs(b.hi) / 2) {
    EXPECT_TRUE(is_unknown(quotient)) << "divisor not known: " + of;
    return;
  }
  const bool tiny = std::min(std::abs(a.hi), std::abs(a.hi / b.hi)) < 0x1p-900 && !is_zero(a);
  const double floor = tiny ? 0x1p-898 / std::min(1.0, std::abs(b.hi)) : 0;
  check(quotient, exact(a) / exact(b), floor, "quotient of " + of);
}

void check_ends(const Ball& x, const std::string& of) {
  const Wide all = exact(x);
  const double low = lower_double(x);
  const double high = upper_double(x);
  EXPECT_TRUE(mpfr_cmp_d(lower(all), low) >= 0 && mpfr_cmp_d(upper(all), high) <= 0)
      << "ends of " + of;
  const double slack = (std::abs(x.hi) + x.error) * 0x1p-50 + 0x1p-1072;
  const bool finite = std::abs(x.hi) < largest / 4 && x.error < largest / 4;
  EXPECT_TRUE(!finite || (low >= lower_double(all) - slack && high <= upper_double(all) + slack))
      << "ends of " + of + " are near";
  EXPECT_TRUE(!is_double(x) || (low == x.hi && high == x.hi)) << "ends of the point " + of;
  const bool holds_0 = mpfi_has_zero(raw(all)) != 0;
  EXPECT_TRUE(!holds_0 || has_zero(x)) << "0 is in " + of;
  EXPECT_TRUE(holds_0 || !has_zero(x) || std::abs(x.hi) * (1 - 0x1p-50) <= x.error)
      << "0 not in " + of;
  check(magnitude(x), magnitude(all), 0x1p-1000, "magnitude of " + of);
  EXPECT_TRUE(lower_double(magnitude(x)) >= 0 || !finite)
      << "magnitude of " + of + " is not negative";
}

void check_random(int count) {
  RandomBalls random(1);
  for (int i = 0; i < count; ++i) {
    const Ball a = random.ball();
    const Ball b = random.other(a);
    const std::string of = text(a) + " and " + text(b);
    check_sums_and_products(a, b, of);
    check_quotient(a, b, of);
    check_ends(a, text(a));
    const long k = random.below(5000) - 2500;
    check(scaled(a, k), scaled(exact(a), k), is_zero(a) ? 0 : 0x1p-1071,
          fmt::format("2^{} {}", k, text(a)));
    Ball difference;
    set_difference(difference, a.hi, b.hi);
    check(difference, Wide(a.hi) - b.hi, 0, "difference of points of " + of);
    EXPECT_TRUE(difference.error == 0 || is_unknown(difference))
        << "difference of points is exact: " + of;
  }
}

TEST(Ball, Exact) {
  EXPECT_TRUE(is_zero(Ball()) && is_zero(Ball(0) * Ball(3)) && is_zero(Ball(0) / Ball(3)))
      << "0 is 0";
  EXPECT_TRUE(is_zero((Ball(1) + 0x1p-1074) - 1 - 0x1p-1074)) << "sums of doubles are exact";
  EXPECT_EQ((Ball(3) * Ball(0.25) * 2).error, 0) << "products of doubles are exact";
  EXPECT_FALSE(is_zero(Ball(0x1p-800) * 0x1p-800)) << "a product that underflows is not 0";
  EXPECT_TRUE(has_zero(Ball(Pair{1, 0}, 1)) && !has_zero(Ball(Pair{1, 0}, 0.5))) << "has 0";
  const Ball least(Pair{}, 0x1p-1074);
  check(magnitude(least), magnitude(exact(least)), 0x1p-1000, "magnitude of +- 2^-1074");
  EXPECT_TRUE(scaled(Ball(3), -1075).error > 0 && scaled(Ball(3), 1000).error == 0)
      << "scaled errs";
}

/// Operands that are not finite and results that overflow end as all reals.
TEST(Ball, Unknown) {
  for (const Ball& x : {Ball(infinity), Ball(-infinity), Ball(not_a_number), Ball(1) / Ball(),
                        Ball(largest) + largest, Ball(largest) * -2, scaled(Ball(1), 1024)}) {
    const Ball& same = x;
    const std::array results = {x,           -x,          magnitude(x),     x + 1,      x - same,
                                x * Ball(),  x * 0.,      Ball() * x,       Ball() / x, x / Ball(2),
                                Ball(2) / x, x + Ball(3), scaled(x, -5000), x * x,      1 - x};
    for (std::size_t i = 0; i < results.size(); ++i)
      EXPECT_TRUE(is_unknown(results[i])) << fmt::format("result {} of {} is unknown", i, text(x));
    EXPECT_TRUE(has_zero(x) && !is_zero(x)) << text(x) + " may be 0";
  }
  Ball difference;
  for (const double a : {-largest, -infinity, infinity, not_a_number}) {
    set_difference(difference, a, a == infinity ? infinity : largest);
    EXPECT_TRUE(is_unknown(difference)) << "a difference that is no number";
  }
}

TEST(Ball, RandomArithmetic) { check_random(40000); }

}  // namespace
