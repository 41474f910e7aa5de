// SPDX-License-Identifier: MIT
// impl/arithmetic/double_word.hpp has the errors that lemma 2 (double words) of
// docs/bounds/arithmetic.md states, in float and in double.
#include "impl/arithmetic/double_word.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/impl/arithmetic/exact.hpp"

namespace xent::impl {
namespace {

using tests::Exact;
using tests::exact;
using tests::is_near;
using tests::roundoff;

template <class A>
inline constexpr double squared = double{roundoff<A>} * double{roundoff<A>};

template <class A>
void sums_are_exact() {
  const auto a = tests::draw_number<A>(-50, 50);
  const A b = *rc::gen::arbitrary<bool>() ? tests::draw_number<A>(-50, 50)
                                          : a * tests::draw_number<A>(-30, 30);
  const DoubleWord<A> sum = exact_sum(a, b);
  RC_ASSERT(sum.hi == a + b);
  RC_ASSERT(exact(sum) == Exact(a) + b);
  const bool is_ordered = std::abs(a) >= std::abs(b);
  const DoubleWord<A> fast = is_ordered ? exact_fast_sum(a, b) : exact_fast_sum(b, a);
  RC_ASSERT(fast.hi == sum.hi && fast.lo == sum.lo);
}

template <class A>
void operations_are_accurate() {
  DoubleWord<A> a;
  DoubleWord<A> b;
  tests::draw_words(-25, 25, a, b);
  const Exact product = exact(a) * exact(b);
  RC_ASSERT(is_near(exact(a + b), exact(a) + exact(b), 3 * squared<A>));
  RC_ASSERT(is_near(exact(a * b), product, 16 * squared<A>));
  RC_ASSERT(is_near(exact(reciprocal(b)), 1 / exact(b), 16 * squared<A>));
  RC_ASSERT(is_near(exact(a * reciprocal(b)), exact(a) / exact(b), 16 * squared<A>));
  for (const DoubleWord<A> result : {a + b, a * b, reciprocal(b)})
    RC_ASSERT(result.hi + result.lo == result.hi);
  const double once = double{roundoff<A>} * (1 + 16 * double{roundoff<A>});
  RC_ASSERT(is_near(rounded_product(a, b), product, once));
}

template <class A>
void moves_are_exact() {
  const DoubleWord<A> a = tests::draw_word<A>(-25, 25);
  RC_ASSERT(exact(-a) == -exact(a));
  RC_ASSERT(exact(scaled(a, std::ldexp(A{1}, -20))) == ldexp(exact(a), -20));
  RC_ASSERT(exact(pair_of(a)) == exact(a));
}

RC_GTEST_PROP(DoubleWord, SumsOfFloatsAreExact, ()) { sums_are_exact<float>(); }
RC_GTEST_PROP(DoubleWord, SumsOfDoublesAreExact, ()) { sums_are_exact<double>(); }
RC_GTEST_PROP(DoubleWord, FloatsAreAccurate, ()) { operations_are_accurate<float>(); }
RC_GTEST_PROP(DoubleWord, DoublesAreAccurate, ()) { operations_are_accurate<double>(); }
RC_GTEST_PROP(DoubleWord, FloatsMoveExactly, ()) { moves_are_exact<float>(); }
RC_GTEST_PROP(DoubleWord, DoublesMoveExactly, ()) { moves_are_exact<double>(); }

template <class A>
void rounded_products_are_those_of_the_high_parts_beyond_the_range() {
  using Limits = std::numeric_limits<A>;
  const DoubleWord<A> large{Limits::max(), 0};
  EXPECT_EQ(rounded_product(large, DoubleWord<A>{2, 0}), Limits::infinity());
  EXPECT_EQ(rounded_product(large, DoubleWord<A>{-2, 0}), -Limits::infinity());
  const DoubleWord<A> infinite{Limits::infinity(), 0};
  EXPECT_EQ(rounded_product(infinite, DoubleWord<A>{-1, 0}), -Limits::infinity());
  EXPECT_TRUE(std::isnan(rounded_product(infinite, DoubleWord<A>{})));
}

TEST(DoubleWord, RoundedProductsMayBeInfinite) {
  rounded_products_are_those_of_the_high_parts_beyond_the_range<float>();
  rounded_products_are_those_of_the_high_parts_beyond_the_range<double>();
}

}  // namespace
}  // namespace xent::impl
