// SPDX-License-Identifier: MIT
// impl/arithmetic/pair.hpp has the errors that lemmas 1 (pairs) and 3 (compensated sums) of
// docs/bounds/arithmetic.md state.
#include "impl/arithmetic/pair.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/impl/arithmetic/exact.hpp"

namespace xent::impl {
namespace {

using tests::draw_number;
using tests::draw_pair;
using tests::Exact;
using tests::exact;
using tests::is_near;

constexpr double infinity = std::numeric_limits<double>::infinity();

RC_GTEST_PROP(Pair, TwoSumIsExact, ()) {
  const auto a = draw_number<double>(-300, 300);
  const double b = *rc::gen::arbitrary<bool>() ? draw_number<double>(-300, 300)
                                               : a * draw_number<double>(-60, 60);
  const Pair sum = two_sum(a, b);
  RC_ASSERT(sum.hi == a + b);
  RC_ASSERT(exact(sum) == Exact(a) + b);
  const bool is_ordered = std::abs(a) >= std::abs(b);
  const Pair fast = is_ordered ? fast_two_sum(a, b) : fast_two_sum(b, a);
  RC_ASSERT(fast.hi == sum.hi && fast.lo == sum.lo);
  const Pair of_zero = fast_two_sum(0, b);
  RC_ASSERT(of_zero.hi == b && of_zero.lo == 0);
}

RC_GTEST_PROP(Pair, TwoProdIsExact, ()) {
  const auto a = draw_number<double>(-400, 400);
  const auto b = draw_number<double>(-400, 400);
  const Pair product = two_prod(a, b);
  RC_ASSERT(product.hi == a * b);
  RC_ASSERT(exact(product) == Exact(a) * b);
}

RC_GTEST_PROP(Pair, OperationsErrBy16RoundoffsSquared, ()) {
  DoubleWord<double> a_word;
  DoubleWord<double> b_word;
  tests::draw_words(-100, 100, a_word, b_word);
  const Pair a = pair_of(a_word);
  const Pair b = pair_of(b_word);
  RC_ASSERT(is_near(exact(add(a, b)), exact(a) + exact(b), 0x1p-102));
  RC_ASSERT(is_near(exact(mul(a, b)), exact(a) * exact(b), 0x1p-102));
  RC_ASSERT(is_near(exact(div(a, b)), exact(a) / exact(b), 0x1p-102));
  for (const Pair result : {add(a, b), mul(a, b), div(a, b)})
    RC_ASSERT(result.hi + result.lo == result.hi);
  RC_ASSERT(exact(negate(a)) == -exact(a));
  RC_ASSERT(exact(scale(a, 0x1p-300)) == exact(a) * Exact(0x1p-300));
}

RC_GTEST_PROP(Pair, CompensatedSumsErrByTheSquareOfTheirLength, ()) {
  const int n = *rc::gen::inRange(1, 60);
  CompensatedSum sum;
  Exact expected = 0;
  Exact magnitudes = 0;
  for (int k = 0; k < n; ++k) {
    const Pair term = draw_pair(-40, 2);
    sum.add_term(term.hi, term.lo);
    expected += exact(term);
    magnitudes += abs(exact(term));
  }
  const double roundoffs = n * 0x1p-53;
  RC_ASSERT(is_near(exact(sum.total()), expected, roundoffs * roundoffs, magnitudes));
}

TEST(Pair, CompensatedSumsFindWhatCancels) {
  CompensatedSum sum;
  for (int k = 0; k < 1024; ++k) {
    sum.add_term(k % 2 == 0 ? 0x1p60 : -0x1p60);
    sum.add_term(0x1p-30, k % 2 == 0 ? 0x1p-83 : 0);
  }
  const Exact expected = Exact(1024) * Exact(0x1p-30) + Exact(512) * Exact(0x1p-83);
  EXPECT_TRUE(is_near(exact(sum.total()), expected, 0x1p-84, Exact(1024) * Exact(0x1p60)));
  EXPECT_EQ(sum.total().hi, 0x1p-20);
}

TEST(Pair, CompensatedSumsMayBeInfinite) {
  for (const double value : {infinity, -infinity}) {
    CompensatedSum sum;
    sum.add_term(1);
    sum.add_term(value);
    sum.add_term(2);
    EXPECT_EQ(sum.total().hi, value);
    EXPECT_EQ(sum.total().lo, 0);
    sum.add_term(-value);
    EXPECT_TRUE(std::isnan(sum.total().hi));
  }
}

RC_GTEST_PROP(Pair, RoundedIsTheNearestDouble, ()) {
  const Pair a = draw_pair(-960, 1000);
  // the low part of a pair that was not normalised may move the nearest double
  const Pair moved{a.hi,
                   a.lo * *rc::gen::element(1.0, -1.0, std::abs(a.hi) < 0x1p-899 ? 1.0 : 7.0)};
  const double got = rounded(moved);
  const Exact error = abs(got - exact(moved));
  for (const double toward : {-infinity, infinity})
    RC_ASSERT(error <= abs(std::nextafter(got, toward) - exact(moved)));
}

TEST(Pair, RoundedDropsALowPartThatWasRoundedItself) {
  const double hi = 0x1.8p-1000;
  EXPECT_EQ(rounded({hi, 0x1p-1052}), hi);
  EXPECT_EQ(rounded({0x1.8p-800, 0x1p-852}), std::nextafter(0x1.8p-800, 1));
  EXPECT_EQ(rounded({0x1p-1060, 0x1p-1074}), 0x1p-1060 + 0x1p-1074);
  EXPECT_EQ(rounded({infinity, 0}), infinity);
  EXPECT_TRUE(std::isnan(rounded(exactly(std::numeric_limits<double>::quiet_NaN()))));
}

}  // namespace
}  // namespace xent::impl
