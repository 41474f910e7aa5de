// SPDX-License-Identifier: MIT
// impl/simd/lanes/lanes-inl.hpp on every target of this machine: what loads return and stores
// write, of each type in lanes of its own or a wider one, for whole vectors and for fewer elements.
// The arrays end at a page that may not be touched, so a load of more than is there ends the test.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/lanes/lanes_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <cstddef>

#include <hwy/highway.h>

#include <xent/element.hpp>

#include "impl/simd/lanes/alignment-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"
#include "tests/impl/simd/lanes/numbers.hpp"
#include "tests/support/guarded_array.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace {

using tests::number;

template <class Exp, class A>
void check_loads_of() {
  using Lane = typename Exp::Lane;
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  const auto padding = static_cast<A>(-200.0F);
  for (std::ptrdiff_t n = 0; n <= w; ++n) {
    const tests::GuardedArray<A> x(n, tests::End::back);
    for (std::ptrdiff_t j = 0; j < n; ++j) x.data()[j] = number<A>(j);
    HWY_ALIGN Lane got[hn::MaxLanes(tag)];
    hn::Store(n == w ? load_lanes<Exp>(x.data()) : load_lanes_padded<Exp>(x.data(), n, padding),
              tag, got);
    for (std::ptrdiff_t k = 0; k < w; ++k)
      EXPECT_EQ(got[k], k < n ? static_cast<Lane>(number<A>(k)) : Lane{-200}) << n << ", " << k;
  }
}

/// Loads 64 elements from each place on, whatever its alignment.
template <class Exp, class A>
void check_loads_at_each_place() {
  using Lane = typename Exp::Lane;
  const LaneTag<Exp> tag;
  const std::ptrdiff_t size = 64;
  const tests::GuardedArray<A> x(size, tests::End::back);
  for (std::ptrdiff_t j = 0; j < size; ++j) x.data()[j] = number<A>(j);
  for (std::ptrdiff_t begin = 0; begin + lanes(tag) <= size; ++begin) {
    HWY_ALIGN Lane got[hn::MaxLanes(tag)];
    hn::Store(load_lanes<Exp>(x.data() + begin), tag, got);
    for (std::ptrdiff_t k = 0; k < lanes(tag); ++k)
      EXPECT_EQ(got[k], static_cast<Lane>(number<A>(begin + k))) << begin << ", " << k;
  }
}

void check_loads() {
  check_loads_of<F32Exp, float>();
  check_loads_of<F32Exp, bf16>();
  check_loads_of<F64Exp, double>();
  check_loads_of<F64Exp, float>();
  check_loads_of<F64Exp, bf16>();
  check_loads_at_each_place<F32Exp, float>();
  check_loads_at_each_place<F32Exp, bf16>();
  check_loads_at_each_place<F64Exp, double>();
  check_loads_at_each_place<F64Exp, float>();
  check_loads_at_each_place<F64Exp, bf16>();
}

/// Stores the first n lanes before a page that may not be touched, and then into a longer array, of
/// which the rest must stay as it is.
template <class Exp, class A>
void check_stores_of() {
  using Lane = typename Exp::Lane;
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  const auto third = [](std::ptrdiff_t k) { return (static_cast<Lane>(k) + 1) / 3; };
  HWY_ALIGN Lane from[hn::MaxLanes(tag)];
  for (std::ptrdiff_t k = 0; k < w; ++k) from[k] = third(k);
  const auto v = hn::Load(tag, from);
  for (std::ptrdiff_t n = 0; n <= w; ++n)
    for (const std::ptrdiff_t rest : {std::ptrdiff_t{0}, w + 1}) {
      const tests::GuardedArray<A> to(n + rest, tests::End::back);
      for (A& element : to.elements()) element = A{99};
      if (n == w)
        store_lanes<Exp, false>(v, to.data());
      else
        store_first_lanes<Exp>(v, to.data(), n);
      for (std::ptrdiff_t k = 0; k < n + rest; ++k)
        EXPECT_EQ(to.data()[k], k < n ? static_cast<A>(third(k)) : A{99}) << n << ", " << k;
    }
  HWY_ALIGN A streamed[hn::MaxLanes(tag)];
  store_lanes<Exp, true>(v, streamed);
  for (std::ptrdiff_t k = 0; k < w; ++k) EXPECT_EQ(streamed[k], static_cast<A>(third(k))) << k;
}

void check_stores() {
  check_stores_of<F32Exp, float>();
  check_stores_of<F64Exp, double>();
  check_stores_of<F64Exp, float>();
}

template <class A>
void check_alignment_of() {
  const std::ptrdiff_t w = lanes(hn::ScalableTag<hwy::UnsignedFromSize<sizeof(A)>>());
  const tests::GuardedArray<A> x(128, tests::End::front);  // which begins where a page does
  for (std::ptrdiff_t j = 0; j < 128; ++j)
    EXPECT_EQ(elements_to_alignment(x.data() + j), (w - j % w) % w) << j;
}

void check_alignment() {
  check_alignment_of<float>();
  check_alignment_of<double>();
  check_alignment_of<bf16>();
}

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include "tests/impl/simd/every_target.hpp"

namespace xent::impl {
namespace {

XENT_TEST_ON_EVERY_TARGET(Lanes, LoadsReadWhatIsThere, check_loads)
XENT_TEST_ON_EVERY_TARGET(Lanes, StoresWriteWhatIsThere, check_stores)
XENT_TEST_ON_EVERY_TARGET(Lanes, ElementsToAlignmentEndAtAVector, check_alignment)

}  // namespace
}  // namespace xent::impl

#endif  // HWY_ONCE
