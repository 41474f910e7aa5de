// SPDX-License-Identifier: MIT
// The loose operations of impl/simd/lanes/pair_lanes-inl.hpp on every target of this machine: they
// err as lemma 1 (pairs) of docs/bounds/arithmetic.md states, also on pairs that they have returned.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/lanes/pair_lanes_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <hwy/highway.h>

#include "impl/arithmetic/pair.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace {

Pair first_lane(const WidePair& a) { return {hn::GetLane(a.hi), hn::GetLane(a.lo)}; }

/// Writes a - b, a b, a.hi b, 1 / a and (a b) b - a to `to`.
void compute_loosely(const Pair& a, const Pair& b, Pair* to) {
  const WidePair wide_a = set_pair(a);
  const WidePair wide_b = set_pair(b);
  const WidePair product = mul_loosely(wide_a, wide_b);
  to[0] = first_lane(subtract_loosely(wide_a, wide_b));
  to[1] = first_lane(product);
  to[2] = first_lane(mul_loosely(wide_a.hi, wide_b));
  to[3] = first_lane(reciprocal(wide_a));
  to[4] = first_lane(subtract_loosely(mul_loosely(product, wide_b), wide_a));
}

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <string>

#include <rapidcheck/gtest.h>

#include <xent/execution.hpp>

#include "tests/impl/arithmetic/exact.hpp"
#include "tests/impl/simd/chosen_target.hpp"

namespace xent::impl {
namespace {

HWY_EXPORT(compute_loosely);

using tests::Exact;
using tests::exact;
using tests::is_near;

RC_GTEST_PROP(PairLanes, LooseOperationsKeepTheirBound, ()) {
  DoubleWord<double> a_word;
  DoubleWord<double> b_word;
  tests::draw_words(-100, 100, a_word, b_word);
  const Pair a = pair_of(a_word);
  const Pair b = pair_of(b_word);
  const Exact x = exact(a);
  const Exact y = exact(b);
  for (const std::string& target : instruction_sets()) {
    const tests::ChosenTarget chosen(target);
    RC_LOG() << target << '\n';
    Pair got[5];
    HWY_DYNAMIC_DISPATCH(compute_loosely)(a, b, got);
    RC_ASSERT(is_near(exact(got[0]), x - y, 0x1p-100, abs(x) + abs(y)));
    RC_ASSERT(is_near(exact(got[1]), x * y, 0x1p-100));
    RC_ASSERT(is_near(exact(got[2]), a.hi * y, 0x1p-100));
    RC_ASSERT(is_near(exact(got[3]), 1 / x, 0x1p-100));
    RC_ASSERT(is_near(exact(got[4]), x * y * y - x, 0x1p-98, abs(x * y * y) + abs(x)));
  }
}

}  // namespace
}  // namespace xent::impl

#endif  // HWY_ONCE
