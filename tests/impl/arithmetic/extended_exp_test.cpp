// SPDX-License-Identifier: MIT
// impl/arithmetic/extended_exp.hpp has the error that lemma 23 (exponentials with an exponent of
// their own) of docs/bounds/textbook.md states: 0.52 u and that of the C library's exp, and no term
// in x. Its operations round as lemmas 24 and 25 (the aligned sum; the logarithm of a quotient)
// need it.
#include "impl/arithmetic/extended_exp.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "impl/bounds/textbook_bounds.hpp"
#include "tests/impl/arithmetic/exact.hpp"

namespace xent::impl {
namespace {

using tests::roundoff;
using Exact = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<80>>;

/// Returns exp(x - n log 2).
Exact mantissa_of(double x, double n) {
  return exp(Exact(x) - n * boost::math::constants::ln_two<Exact>());
}

template <class A>
void is_near_exp(A x) {
  const Extended<A> got = extended_exp(x);
  RC_ASSERT(got.exponent == std::nearbyint(got.exponent));
  RC_ASSERT(got.mantissa >= A{2} / 3 && got.mantissa <= A{1.5});
  const double bound = (0.52 + LibmErrors<A>::exp) * double{roundoff<A>};
  const Exact exact = mantissa_of(double{x}, double{got.exponent});
  RC_ASSERT(abs(got.mantissa - exact) <= bound * exact);
}

template <class A>
void keeps_its_bound() {
  const int limit = std::ilogb(extended_limit<A>);
  is_near_exp(tests::draw_number<A>(-30, limit));
  // next to a half of an odd multiple of log 2, where the integer changes
  const A halves = std::floor(tests::draw_number<A>(0, limit)) + A{0.5};
  is_near_exp(halves * std::numbers::ln2_v<A>);
}

RC_GTEST_PROP(ExtendedExp, KeepsItsBoundInF32, ()) { keeps_its_bound<float>(); }
RC_GTEST_PROP(ExtendedExp, KeepsItsBoundInF64, ()) { keeps_its_bound<double>(); }

template <class A>
void has_special_values() {
  constexpr A infinity = std::numeric_limits<A>::infinity();
  EXPECT_EQ(extended_exp(-infinity).mantissa, 0);
  EXPECT_EQ(extended_exp(-infinity).exponent, -infinity);
  EXPECT_TRUE(std::isnan(extended_exp(infinity).mantissa));
  EXPECT_TRUE(std::isnan(extended_exp(std::numeric_limits<A>::quiet_NaN()).mantissa));
  const Extended<A> zero = extended_exp(-infinity);
  const Extended<A> one = extended_exp(A{0});
  EXPECT_EQ(one.mantissa, 1);
  EXPECT_EQ(one.exponent, 0);
  EXPECT_EQ(sum(one, zero).mantissa, 1);
  EXPECT_EQ(sum(zero, one).exponent, 0);
  EXPECT_EQ(ratio(zero, one), 0);
  EXPECT_EQ(log_ratio(one, zero), infinity);
  EXPECT_EQ(log_ratio(one, one), 0);
  EXPECT_LE(lowered(A{1.5}, -infinity), std::numeric_limits<A>::denorm_min());
  using Limits = std::numeric_limits<A>;
  for (int k = Limits::min_exponent - 1; k < Limits::max_exponent; ++k)
    EXPECT_EQ(power_of_two(static_cast<A>(k)), std::ldexp(A{1}, k)) << k;
}

TEST(ExtendedExp, HasSpecialValues) {
  has_special_values<float>();
  has_special_values<double>();
}

template <class A>
void lowers_with_one_rounding() {
  constexpr bool is_narrow = sizeof(A) == 4;
  const A x = std::abs(tests::draw_number<A>(is_narrow ? -24 : -53, 20));
  const int k = *rc::gen::inRange(is_narrow ? -220 : -2100, 1);
  RC_ASSERT(lowered(x, static_cast<A>(k)) == std::ldexp(x, k));
}

RC_GTEST_PROP(ExtendedExp, LowersWithOneRoundingInF32, ()) { lowers_with_one_rounding<float>(); }
RC_GTEST_PROP(ExtendedExp, LowersWithOneRoundingInF64, ()) { lowers_with_one_rounding<double>(); }

/// Draws an exponential whose exponent is at most `most`.
template <class A>
Extended<A> draw_extended(int most) {
  return {std::abs(tests::draw_number<A>(0, 1)) * A{0.75},
          static_cast<A>(most - *rc::gen::inRange(0, 60))};
}

template <class A>
void operations_round_once() {
  const Extended<A> b = draw_extended<A>(100000);
  const Extended<A> a = draw_extended<A>(static_cast<int>(b.exponent) - 1);
  const auto u = double{roundoff<A>};
  const auto aligned = [&](const Extended<A>& x) {
    return ldexp(Exact(x.mantissa), static_cast<int>(x.exponent - b.exponent));
  };
  for (const Extended<A> total : {sum(a, b), sum(b, a)}) {
    RC_ASSERT(total.exponent == b.exponent);
    const Exact exact = aligned(a) + aligned(b);
    RC_ASSERT(abs(total.mantissa - exact) <= u * exact);
  }
  const Exact quotient = aligned(a) / aligned(b);
  RC_ASSERT(abs(ratio(a, b) - quotient) <= u * quotient);
  const Exact log_quotient = -log(quotient);
  const double errors = 1 + LibmErrors<A>::log + 2 + double{log_ratio(b, a)};
  RC_ASSERT(abs(log_ratio(b, a) - log_quotient) <= errors * u);
}

RC_GTEST_PROP(ExtendedExp, OperationsRoundOnceInF32, ()) { operations_round_once<float>(); }
RC_GTEST_PROP(ExtendedExp, OperationsRoundOnceInF64, ()) { operations_round_once<double>(); }

}  // namespace
}  // namespace xent::impl
