// SPDX-License-Identifier: MIT
// impl/arithmetic/scaled_pair.hpp multiplies as lemma 7 (weights of labels) of
// docs/bounds/arithmetic.md states, also beyond the range of double (lemma 9), and drops a unit as
// one rounding.
#include "impl/arithmetic/scaled_pair.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/impl/arithmetic/exact.hpp"

namespace xent::impl {
namespace {

using tests::draw_pair;
using tests::Exact;
using tests::exact;
using tests::is_near;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

Exact exact(const ScaledPair& x) { return exact(x.value) * x.unit; }

RC_GTEST_PROP(ScaledPair, ProductsErrBy100Bits, ()) {
  const double unit = *rc::gen::element(tiny_unit, 0x1p-256, 1.0, huge_unit);
  const ScaledPair x{draw_pair(-400, unit < 1 ? 256 : 400), unit};
  const int highest = *rc::gen::element(1, 128);
  const Pair w = draw_pair(-highest, highest);
  const ScaledPair product = times(x, w);
  RC_ASSERT(is_near(exact(product), exact(x) * exact(w), 0x1p-100));
  RC_ASSERT(product.unit == unit);
}

RC_GTEST_PROP(ScaledPair, ProductsThatOverflowInASmallUnitLeaveIt, ()) {
  const ScaledPair x{draw_pair(500, 700), *rc::gen::element(tiny_unit, 0x1p-256)};
  const Pair w = draw_pair(550, 600);
  const ScaledPair product = times(x, w);
  RC_ASSERT(is_near(exact(product), exact(x) * exact(w), 0x1p-100));
}

RC_GTEST_PROP(ScaledPair, ProductsBeyondTheRangeHaveTheHugeUnit, ()) {
  const ScaledPair x{draw_pair(900, 1023)};
  const Pair w = draw_pair(1, 500);
  const ScaledPair product = times(x, w);
  RC_ASSERT(is_near(exact(product), exact(x) * exact(w), 0x1p-100));
  RC_ASSERT(product.unit == 1 || product.unit == huge_unit);
  const bool is_beyond = abs(exact(x) * exact(w)) >= ldexp(Exact(1), 1024);
  RC_ASSERT(!is_beyond || product.unit == huge_unit);
}

TEST(ScaledPair, ProductsMultiplyAsIeee754Does) {
  const ScaledPair tiny{{0x1.8p-300, 0x1p-360}, 0x1p-256};
  const ScaledPair same = times(tiny, exactly(1));
  EXPECT_EQ(same.value.hi, tiny.value.hi);
  EXPECT_EQ(same.value.lo, tiny.value.lo);
  EXPECT_EQ(same.unit, tiny.unit);
  EXPECT_NE(times(tiny, {1, 0x1p-60}).value.lo, tiny.value.lo);
  EXPECT_EQ(times({exactly(infinity)}, exactly(-3)).value.hi, -infinity);
  EXPECT_EQ(times({exactly(infinity)}, exactly(0)).value.hi, 0);
  EXPECT_TRUE(std::isnan(times({exactly(nan_value)}, exactly(0)).value.hi));
  EXPECT_TRUE(std::isnan(times({exactly(nan_value)}, exactly(2)).value.hi));
  EXPECT_EQ(times(tiny, exactly(0)).value.hi, 0);
}

RC_GTEST_PROP(ScaledPair, TheHugeUnitIsExact, ()) {
  const double unit = *rc::gen::element(1.0, huge_unit);
  const ScaledPair x{draw_pair(-200, 1000), unit};
  RC_ASSERT(exact(in_huge_unit(x)) * huge_unit == exact(x));
}

RC_GTEST_PROP(ScaledPair, TheTinyUnitIsExactBelow1, ()) {
  const double unit = *rc::gen::element(tiny_unit, 0x1p-256, 1.0);
  const ScaledPair x{draw_pair(-600, -1), unit};
  RC_ASSERT(exact(in_tiny_unit(x)) * tiny_unit == exact(x));
}

RC_GTEST_PROP(ScaledPair, UnscaledIsExactWhereNothingUnderflows, ()) {
  const double unit = *rc::gen::element(0x1p-256, 1.0, huge_unit);
  const ScaledPair x{draw_pair(-600, 400), unit};
  RC_ASSERT(exact(unscaled(x)) == exact(x));
}

/// Numbers below the normal ones err by half of a last place, and by 2^-53 of it where the low part
/// has bits below those of the rest.
RC_GTEST_PROP(ScaledPair, SubnormalNumbersAreRoundedOnce, ()) {
  const double unit = 0x1p-256;
  const int exponent = *rc::gen::inRange(-1076, -1022);
  const auto of_few_bits = std::ldexp(1 + *rc::gen::inRange(0, 64) / 64.0, exponent + 256);
  const Pair drawn = draw_pair(exponent + 256, exponent + 257);
  const Pair near_a_tie{of_few_bits, *rc::gen::element(0.0, 0x1p-860, -0x1p-860)};
  const ScaledPair x{*rc::gen::arbitrary<bool>() ? drawn : near_a_tie, unit};
  const double got = rounded(unscaled(x));
  const Exact error = abs(got - exact(x));
  for (const double toward : {-infinity, infinity})
    RC_ASSERT(error <= abs(std::nextafter(got, toward) - exact(x)) * (1 + 0x1p-52));
}

/// The high part is rounded up to the least normal number, and the low part tells it.
TEST(ScaledPair, TheLeastNormalNumberIsRoundedOnce) {
  const ScaledPair x{{0x1.fffffffffffffp-767, -0x1.fp-821}, 0x1p-256};
  EXPECT_EQ(rounded(unscaled(x)), 0x1p-1022 - 0x1p-1074);
}

TEST(ScaledPair, UnscaledIsInfiniteBeyondTheRange) {
  for (const double value : {0x1p424, -0x1p424, infinity, -infinity}) {
    const Pair got = unscaled({{value, 0}, huge_unit});
    EXPECT_EQ(got.hi, std::copysign(infinity, value));
    EXPECT_EQ(got.lo, 0);
  }
  EXPECT_EQ(unscaled({{0x1.fffffffffffffp423, 0x1p300}, huge_unit}).hi,
            std::numeric_limits<double>::max());
  EXPECT_TRUE(std::isnan(unscaled({exactly(nan_value), huge_unit}).hi));
}

}  // namespace
}  // namespace xent::impl
