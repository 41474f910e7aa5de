// SPDX-License-Identifier: MIT
// The maximum and the search for NaN of impl/simd/lanes/steps-inl.hpp on every target of this
// machine: they find what is anywhere in an array, which ends at a page that may not be touched,
// and a sample serves where its lanes are close.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/lanes/steps_search_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <algorithm>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <vector>

#include <hwy/highway.h>

#include <xent/element.hpp>

#include "impl/simd/lanes/steps-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"
#include "tests/impl/simd/lanes/numbers.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace {

template <class Exp>
using Lane = typename Exp::Lane;

template <class Exp>
Lane<Exp> largest_of_all(LaneVec<Exp> m) {
  return hn::GetLane(hn::MaxOfLanes(LaneTag<Exp>(), m));
}

/// Puts the largest number, and a NaN, at each place of arrays of some lengths.
template <class Exp, class A>
void check_searches_of() {
  const auto nothing = hn::Set(LaneTag<Exp>(), minus_infinity<Lane<Exp>>);
  const std::ptrdiff_t step = step_size<Exp>();
  const auto nan = static_cast<A>(std::numeric_limits<float>::quiet_NaN());
  for (const std::ptrdiff_t n : {std::ptrdiff_t{1}, step - 1, step, 2 * step + 1}) {
    tests::Numbers<Lane<Exp>, A> x(n);
    EXPECT_FALSE((has_nan<Exp>(x.p, n)));
    EXPECT_EQ(largest_of_all<Exp>(largest<Exp>(x.p, n, hn::Set(LaneTag<Exp>(), 250))), 250);
    for (std::ptrdiff_t j = 0; j < n; ++j) {
      const A before = x.p[j];
      x.p[j] = static_cast<A>(200.0F);
      EXPECT_EQ(largest_of_all<Exp>(largest<Exp>(x.p, n, nothing)), 200) << n << ", " << j;
      EXPECT_EQ(hn::GetLane(maximum_of_some<Exp>(x.p, n, n, 24)), 200) << n << ", " << j;
      x.p[j] = nan;
      EXPECT_TRUE((has_nan<Exp>(x.p, n))) << n << ", " << j;
      std::vector<Lane<Exp>> rest = x.expected;
      rest[static_cast<std::size_t>(j)] = minus_infinity<Lane<Exp>>;
      EXPECT_EQ(largest_of_all<Exp>(largest<Exp>(x.p, n, nothing)),
                *std::max_element(rest.begin(), rest.end()))
          << n << ", " << j;
      x.p[j] = before;
    }
  }
}

/// Takes samples of an array of zeros in which 20 lies outside the sample. A sample serves unless
/// its lanes are apart. Of bf16 in f32 lanes the first lane of a step has the first two elements.
template <class Exp, class A>
void check_samples_of() {
  const std::ptrdiff_t w = lanes(LaneTag<Exp>());
  const std::ptrdiff_t n = 8 * step_size<Exp>();
  tests::Numbers<Lane<Exp>, A> x(n);
  const bool in_twos = std::is_same_v<A, bf16> && std::is_same_v<Lane<Exp>, float>;
  const auto maximum = [&](float of_first_lane) HWY_ATTR {
    for (std::ptrdiff_t j = 0; j < n; ++j) {
      const bool is_first = j % w == 0 || (in_twos && j % (2 * w) == 1);
      x.p[j] = static_cast<A>(is_first ? of_first_lane : 0.0F);
    }
    x.p[n / 4 + 1] = static_cast<A>(20.0F);
    return hn::GetLane(maximum_of_some<Exp>(x.p, n, n - 1, 24));
  };
  EXPECT_EQ(maximum(0.0F), 0);
  EXPECT_EQ(maximum(minus_infinity<float>), 20);
  if (w == 1) return;
  EXPECT_EQ(maximum(-23.0F), 0);
  EXPECT_EQ(maximum(-24.0F), 20);
  for (const std::ptrdiff_t j :
       {std::ptrdiff_t{0}, step_size<Exp>() - 1, n / 2, n / 2 + w - 1, n - w, n - 1}) {
    for (std::ptrdiff_t k = 0; k < n; ++k) x.p[k] = static_cast<A>(k == j ? 9.0F : 0.0F);
    EXPECT_EQ(hn::GetLane(maximum_of_some<Exp>(x.p, n, n - 1, 24)), 9) << j;
  }
}

template <class Exp, class A>
void check_of() {
  check_searches_of<Exp, A>();
  check_samples_of<Exp, A>();
}

void check_f32_lanes() {
  check_of<F32Exp, float>();
  check_of<F32Exp, bf16>();
}
void check_f64_lanes() {
  check_of<F64Exp, double>();
  check_of<F64Exp, float>();
  check_of<F64Exp, bf16>();
}

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include "tests/impl/simd/every_target.hpp"

namespace xent::impl {
namespace {

XENT_TEST_ON_EVERY_TARGET(StepsSearch, FindsWhatIsAnywhereInF32Lanes, check_f32_lanes)
XENT_TEST_ON_EVERY_TARGET(StepsSearch, FindsWhatIsAnywhereInF64Lanes, check_f64_lanes)

}  // namespace
}  // namespace xent::impl

#endif  // HWY_ONCE
