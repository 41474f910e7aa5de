// SPDX-License-Identifier: MIT
// impl/simd/math/logit_map-inl.hpp and pair_logit_map-inl.hpp on every target of this machine,
// beside the C library's long double: z to 12 units and the slope to 18 + 5 |x| / s units
// (docs/error_bounds.md, lemma 83), of 2^-53 for logits of f32 of every exponent, of 2^-64 for
// those of f64.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/math/logit_map_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <cmath>
#include <cstddef>
#include <limits>

#include <hwy/highway.h>

#include <xent/mapped_logit.hpp>

#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/math/logit_map-inl.hpp"
#include "impl/simd/math/pair_logit_map-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace {

constexpr double unit = 0x1p-53;

/// Expects z and the slope of x, in the first lane of a vector, to err by no more than that.
void expect_mapped(const Options& options, double x) {
  const LogitMap map(options);
  WideVec z[1] = {hn::Set(Wide(), x)};
  WideVec slope[1];
  map.map<true>(z, slope);
  const auto exact_z = mapped_logit<long double>(options, x);
  const auto root = softcap_root<long double>(options, x);
  const double got_z = hn::GetLane(z[0]);
  const double got_slope = hn::GetLane(slope[0]);
  const double argument = softcap_argument(options, x);
  EXPECT_LE(std::abs(got_z - exact_z), 12 * unit * std::abs(exact_z) + 0x1p-380L)
      << x << ", " << options.softcap << ", " << options.temperature;
  EXPECT_LE(std::abs(got_slope - root * root), (18 + 5 * argument) * unit * root * root + 0x1p-900L)
      << x << ", " << options.softcap << ", " << options.temperature;
}

/// Expects the same of the pairs of x, to the long double's own error more.
void expect_pairs_mapped(const Options& options, double x) {
  const PairLogitMap map(options);
  if (!hn::AllFalse(Wide(), map.is_beyond(hn::Set(Wide(), x)))) return;
  const WideVec of_x[1] = {hn::Set(Wide(), x)};
  WidePair z[1], slope[1];
  map.map<true>(of_x, z, slope);
  const auto value = [](const WidePair& pair) {
    return static_cast<long double>(hn::GetLane(pair.hi)) + hn::GetLane(pair.lo);
  };
  const auto exact_z = mapped_logit<long double>(options, x);
  const auto root = softcap_root<long double>(options, x);
  const double argument = softcap_argument(options, x);
  EXPECT_LE(std::abs(value(z[0]) - exact_z), 0x1.8p-60L * std::abs(exact_z) + 0x1p-1060L)
      << x << ", " << options.softcap << ", " << options.temperature;
  EXPECT_LE(std::abs(value(slope[0]) - root * root),
            2 * (18 + 5 * argument) * 0x1p-64L * root * root + 0x1p-1060L)
      << x << ", " << options.softcap << ", " << options.temperature;
}

Options options_of(double softcap, double temperature) {
  Options options;
  options.softcap = softcap;
  options.temperature = temperature;
  return options;
}

void check_numbers() {
  for (const double softcap : {0.0, 0x1p-10, 0.3, 1.0, 30.0, 50.0, 0x1p10})
    for (const double temperature : {0.0, 0x1p-10, 0.7, 1.0, 0x1p10})
      for (int exponent = -149; exponent <= 127; ++exponent)
        for (const double fraction : {1.0, 1.2345678, 1.5, 1.9999999})
          for (const double sign : {1.0, -1.0}) {
            const auto x = static_cast<float>(sign * std::ldexp(fraction, exponent));
            if (std::isfinite(x))
              expect_mapped(options_of(softcap, temperature), static_cast<double>(x));
          }
}

void check_pairs() {
  for (const double softcap : {0.0, 0x1p-10, 0.3, 1.0, 30.0, 3.16228, 0x1p10})
    for (const double temperature : {0.0, 0x1p-10, 0.7, 0.0794328, 1.0, 0x1p10})
      for (int exponent = -900; exponent <= 900; exponent += std::abs(exponent) > 20 ? 7 : 1)
        for (const double fraction : {1.0, 1.2345678, 1.5, 1.9999999})
          for (const double sign : {1.0, -1.0})
            expect_pairs_mapped(options_of(softcap, temperature),
                                sign * std::ldexp(fraction, exponent));
}

void check_others() {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double softcap : {0.0, 30.0}) {
    const LogitMap map(options_of(softcap, 0.7));
    for (const double x : {infinity, -infinity, std::nan("")}) {
      WideVec z[1] = {hn::Set(Wide(), x)};
      WideVec slope[1];
      map.map<true>(z, slope);
      const double got = hn::GetLane(z[0]);
      EXPECT_TRUE(got == x || (got != got && x != x)) << x << ", " << softcap;
      EXPECT_EQ(hn::GetLane(slope[0]), 1) << x << ", " << softcap;
      const WideVec of_x[1] = {hn::Set(Wide(), x)};
      WidePair pair[1], of_pairs[1];
      PairLogitMap(options_of(softcap, 0.7)).map<true>(of_x, pair, of_pairs);
      const double high = hn::GetLane(pair[0].hi);
      EXPECT_TRUE(high == x || (high != high && x != x)) << x << ", " << softcap;
      EXPECT_EQ(hn::GetLane(of_pairs[0].hi), 1) << x << ", " << softcap;
    }
  }
}

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include "tests/impl/simd/every_target.hpp"

namespace xent::impl {
namespace {

XENT_TEST_ON_EVERY_TARGET(LogitMap, KeepsItsBound, check_numbers)
XENT_TEST_ON_EVERY_TARGET(LogitMap, OfPairsKeepsItsBound, check_pairs)
XENT_TEST_ON_EVERY_TARGET(LogitMap, LeavesInfinitiesAndNaN, check_others)

}  // namespace
}  // namespace xent::impl

#endif  // HWY_ONCE
