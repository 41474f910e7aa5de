// SPDX-License-Identifier: MIT
// impl/simd/lanes/steps-inl.hpp on every target of this machine: a loop in steps sees each element
// once, and otherwise -inf. The arrays end at a page that may not be touched, so a load of more
// than is there ends the test.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/lanes/steps_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <algorithm>
#include <cstddef>
#include <limits>
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

/// Appends the lanes of a step.
template <class Exp>
void append(const LaneVec<Exp> (&x)[interleaved], std::vector<Lane<Exp>>& all) {
  const LaneTag<Exp> tag;
  for (const auto& v : x) {
    HWY_ALIGN Lane<Exp> got[hn::MaxLanes(tag)];
    hn::Store(v, tag, got);
    all.insert(all.end(), got, got + lanes(tag));
  }
}

template <class Exp, class A>
void check_steps_of() {
  constexpr auto infinity = std::numeric_limits<Lane<Exp>>::infinity();
  const std::ptrdiff_t step = step_size<Exp>();
  for (std::ptrdiff_t n = 0; n <= 2 * step + 3; ++n) {
    tests::Numbers<Lane<Exp>, A> x(n);
    std::vector<Lane<Exp>> seen;
    if (n <= step) {
      LaneVec<Exp> one[interleaved];
      load_step<Exp>(x.p, n, one);
      append<Exp>(one, seen);
      std::vector<Lane<Exp>> padded = x.expected;
      padded.resize(static_cast<std::size_t>(step), -infinity);
      EXPECT_EQ(seen, padded) << n;
      seen.clear();
    }
    for_each_step<Exp>(x.p, n, [&](const auto& v) HWY_ATTR { append<Exp>(v, seen); });
    EXPECT_EQ(std::ssize(seen), (n + step - 1) / step * step) << n;
    std::vector<Lane<Exp>> all = x.expected;
    all.resize(seen.size(), -infinity);
    std::sort(all.begin(), all.end());
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(seen, all) << n;
  }
}

void check_f32_lanes() {
  check_steps_of<F32Exp, float>();
  check_steps_of<F32Exp, bf16>();
}
void check_f64_lanes() {
  check_steps_of<F64Exp, double>();
  check_steps_of<F64Exp, float>();
  check_steps_of<F64Exp, bf16>();
}

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include "tests/impl/simd/every_target.hpp"

namespace xent::impl {
namespace {

XENT_TEST_ON_EVERY_TARGET(Steps, SeeEachElementOnceInF32Lanes, check_f32_lanes)
XENT_TEST_ON_EVERY_TARGET(Steps, SeeEachElementOnceInF64Lanes, check_f64_lanes)

}  // namespace
}  // namespace xent::impl

#endif  // HWY_ONCE
