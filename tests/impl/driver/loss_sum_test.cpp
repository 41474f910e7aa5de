// SPDX-License-Identifier: MIT
// impl/driver/loss_sum.hpp: the sum of many losses of both signs, within 2^-90 of their magnitudes;
// a sum that leaves the range of double and comes back (lemma 9 of docs/bounds/arithmetic.md); and
// infinite and NaN losses.
#include "impl/driver/loss_sum.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/impl/arithmetic/exact.hpp"

namespace xent::impl {
namespace {

using tests::Exact;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr double largest = std::numeric_limits<double>::max();

Exact exact(const ScaledPair& x) { return tests::exact(x.value) * x.unit; }

bool is_within(double got, const Exact& expected, const Exact& error) {
  return abs(got - expected) <= error;
}

/// Returns the sums of the losses, one by one and, of losses of f64, in runs of up to five.
std::vector<LossSum> sums_of(const std::vector<ScaledPair>& losses) {
  std::vector<LossSum> sums(2);
  for (const ScaledPair& loss : losses) sums[0].add_row(loss);
  for (std::size_t k = 0; k < losses.size(); k += 5) {
    const auto loss_at = [&](int i) { return losses[k + static_cast<std::size_t>(i)]; };
    const auto rest = static_cast<int>(losses.size() - k);
    sums[1].add_rows<double>(loss_at, std::min(5, rest));
  }
  return sums;
}

/// Draws losses of which every `huge`th has a unit of 2^600, and checks their sums.
void keeps_its_bound(int low, int high, int huge) {
  const int n = *rc::gen::inRange(1, 300);
  const Pair drawn[] = {tests::draw_pair(low, high), tests::draw_pair(low, high),
                        tests::draw_pair(high - 1, high)};
  std::vector<ScaledPair> losses;
  Exact expected = 0;
  Exact magnitudes = 0;
  for (int k = 0; k < n; ++k) {
    const Pair loss = k % 5 < 2 ? negate(drawn[k % 3]) : drawn[k % 3];
    losses.push_back(k % huge == huge - 1 ? ScaledPair{scale(loss, 0x1p-590), huge_unit}
                                          : ScaledPair{loss});
    expected += exact(losses.back());
    magnitudes += abs(exact(losses.back()));
  }
  const Pair divisor = tests::draw_pair(2, 20);
  const Exact quotient = expected / tests::exact(divisor);
  for (const LossSum& sum : sums_of(losses)) {
    RC_ASSERT(tests::is_near(exact(sum.total()), expected, 0x1p-90, magnitudes));
    const Exact slack = abs(quotient) * 0x1p-53 + magnitudes * 0x1p-89 / abs(tests::exact(divisor));
    const auto over = sum.over<double>(divisor);
    const bool is_rounded =
        std::isinf(over) ? abs(quotient) >= largest : is_within(over, quotient, slack);
    RC_ASSERT(is_rounded);
  }
}

RC_GTEST_PROP(LossSum, KeepsItsBound, ()) { keeps_its_bound(-200, 200, 1000); }
RC_GTEST_PROP(LossSum, KeepsItsBoundBeyondTheRange, ()) { keeps_its_bound(1000, 1023, 1000); }
RC_GTEST_PROP(LossSum, KeepsItsBoundWithHugeUnits, ()) { keeps_its_bound(900, 1023, 7); }

/// Losses below the normal numbers, each in one of the small units, whose sum a divisor brings back.
RC_GTEST_PROP(LossSum, KeepsItsBoundBelowTheNormalNumbers, ()) {
  const int n = *rc::gen::inRange(1, 100);
  const int highest = *rc::gen::inRange(-1100, -300);
  std::vector<ScaledPair> losses;
  Exact expected = 0;
  Exact magnitudes = 0;
  for (int k = 0; k < n; ++k) {
    const int up = highest < -700 ? 512 : 256;
    const Pair loss = tests::draw_pair(highest + up - 9, highest + up);
    losses.push_back({k % 3 == 1 ? negate(loss) : loss, 1 / std::ldexp(1, up)});
    expected += exact(losses.back());
    magnitudes += abs(exact(losses.back()));
  }
  const Pair divisor = tests::draw_pair(-190, 20);
  const Exact quotient = expected / tests::exact(divisor);
  const Exact slack = abs(quotient) * 0x1p-53 + ldexp(Exact(1), -1075) * (1 + 0x1p-40) +
                      magnitudes * 0x1p-89 / abs(tests::exact(divisor));
  for (const LossSum& sum : sums_of(losses)) {
    RC_ASSERT(tests::is_near(exact(sum.total()), expected, 0x1p-90, magnitudes));
    RC_ASSERT(is_within(sum.over<double>(divisor), quotient, slack));
  }
}

RC_GTEST_PROP(LossSum, F32IsSummedInDouble, ()) {
  const int n = *rc::gen::inRange(0, 200);
  const float drawn[] = {tests::draw_number<float>(-120, 120), tests::draw_number<float>(80, 120)};
  Exact expected = 0;
  Exact magnitudes = 0;
  for (int k = 0; k < n; ++k) {
    expected += drawn[k % 2];
    magnitudes += abs(Exact(drawn[k % 2]));
  }
  LossSum sum;
  sum.add_rows<float>([&](int k) { return ScaledPair{exactly(double{drawn[k % 2]})}; }, n);
  RC_ASSERT(tests::is_near(exact(sum.total()), expected, (n + 1) * 0x1p-53, magnitudes));
}

TEST(LossSum, AMeanOrALaterRowBringsItBackIntoTheRange) {
  const std::vector<ScaledPair> large(3, ScaledPair{exactly(largest)});
  for (const LossSum& sum : sums_of(large)) {
    EXPECT_EQ(sum.over<double>(exactly(1)), infinity);
    EXPECT_EQ(sum.over<double>(exactly(3)), largest);
  }
  std::vector<ScaledPair> back = large;
  for (int k = 0; k < 3; ++k) back.push_back({exactly(-largest)});
  back.push_back({exactly(-0x1p1000)});
  for (const LossSum& sum : sums_of(back)) EXPECT_EQ(sum.over<double>(exactly(1)), -0x1p1000);
}

TEST(LossSum, TheLargestLossIsDividedWithoutOverflow) {
  for (int d = 2; d < 300; ++d) {
    LossSum sum;
    sum.add_row(exactly(largest));
    const auto got = sum.over<double>(exactly(d));
    EXPECT_TRUE(std::isfinite(got) && is_within(got, Exact(largest) / d, Exact(got) * 0x1p-53))
        << "over " << d << ": " << got;
  }
}

TEST(LossSum, InfiniteAndNaNLossesAddAsIeee754Does) {
  for (const double before : {1.0, largest})
    for (const double value : {infinity, -infinity, nan_value}) {
      std::vector<ScaledPair> losses(7, ScaledPair{exactly(before)});
      losses.insert(losses.begin() + 3, ScaledPair{exactly(value)});
      for (const LossSum& sum : sums_of(losses)) {
        const auto got = sum.over<double>(exactly(2));
        EXPECT_TRUE(std::isnan(value) ? std::isnan(got) : got == value) << got;
      }
      losses.push_back({exactly(-value)});
      for (const LossSum& sum : sums_of(losses))
        EXPECT_TRUE(std::isnan(sum.over<double>(exactly(1))));
    }
}

TEST(LossSum, ADivisorThatDividesNothingActsAsIeee754Divides) {
  LossSum sum;
  EXPECT_FALSE(std::signbit(sum.over<float>(exactly(-2))));
  EXPECT_TRUE(std::isnan(sum.over<float>(exactly(0))));
  sum.add_row(exactly(-3));
  EXPECT_EQ(sum.over<double>(exactly(0)), -infinity);
  EXPECT_EQ(sum.over<double>(exactly(infinity)), 0);
  EXPECT_FALSE(std::signbit(sum.over<double>(exactly(infinity))));
  EXPECT_TRUE(std::isnan(sum.over<double>(exactly(nan_value))));
  EXPECT_FALSE(divides(exactly(0)) || divides(exactly(infinity)) || divides(exactly(nan_value)));
}

}  // namespace
}  // namespace xent::impl
