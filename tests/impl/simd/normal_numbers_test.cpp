// SPDX-License-Identifier: MIT
// The loops of `simd` and `faithful` over a wide row neither take nor make subnormal numbers where
// logits lie far below the maximum, whatever is 0 or subnormal in the gradient: on some machines an
// operation with one takes a hundred times as long. The processor's flags for subnormal operands
// and for underflow tell of any. On instruction sets with fused operations: what the others round
// by itself may be subnormal.

#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/normal_numbers_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <hwy/highway.h>

#include "impl/simd/labels/label_gradient-inl.hpp"
#include "impl/simd/math/exp-inl.hpp"
#include "impl/simd/math/table_exp-inl.hpp"
#include "impl/simd/reduce/float_sum-inl.hpp"
#include "impl/simd/reduce/sweep_row-inl.hpp"
#include "tests/impl/simd/number_flags.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// What enters the loops of a gradient beside 1 is 0 where it is as little as this.
double low_part_of_factor() { return FactorOfTwo({1, 0x1p-1060}).factor.lo; }

/// The flags of the sweep over a row, and of its gradient, in components of their type.
template <class Exp, class T>
HWY_NOINLINE tests::LoopFlags flags_of(const std::vector<T>& x) {
  tests::LoopFlags flags;
  const VectorView<const T> view{x.data(), static_cast<std::ptrdiff_t>(x.size())};
  tests::clear_number_flags();
  const RowSweep<Exp> sweep = sweep_of<Exp>(view);
  flags.sweep = tests::number_flags();
  const WholeRow row = with_top<T>(sweep.state());
  const Pair t = exactly(label_factor<T>(row, {1, 0}).hi);
  std::vector<T> g(x.size());
  tests::clear_number_flags();
  put_lane_gradient<Exp>(view, GradientLanes<Exp>(row, t),
                         VectorView<T>{g.data(), static_cast<std::ptrdiff_t>(g.size())}, false);
  flags.gradient = tests::number_flags();
  return flags;
}

tests::LoopFlags simd_f32(const std::vector<float>& x) { return flags_of<F32Exp>(x); }
tests::LoopFlags faithful_f32(const std::vector<float>& x) { return flags_of<F32PairExp>(x); }
tests::LoopFlags simd_f64(const std::vector<double>& x) { return flags_of<F64Exp>(x); }
tests::LoopFlags faithful_f64(const std::vector<double>& x) { return flags_of<PairExp>(x); }

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <limits>
#include <string>

#include <fmt/format.h>

#include <xent/implementation.hpp>

#include "tests/impl/simd/chosen_target.hpp"
#include "tests/impl/simd/math/exhaustive.hpp"

namespace xent::impl {
namespace {

HWY_EXPORT(low_part_of_factor);
HWY_EXPORT(simd_f32);
HWY_EXPORT(faithful_f32);
HWY_EXPORT(simd_f64);
HWY_EXPORT(faithful_f64);

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Shape {
  const char* name;
  double (*at)(std::ptrdiff_t j, std::ptrdiff_t n);
  unsigned allowed = 0;  // flags: additions, which cost nothing, may take subnormal logits
};

double step(std::ptrdiff_t j) { return static_cast<double>(j % 97) / 8; }

constexpr Shape shapes[] = {
    {"within 12", [](auto j, auto) { return -step(j); }},
    {"95 below", [](auto j, auto n) { return j == n / 3 ? 0 : -95 - step(j); }},
    {"145 below", [](auto j, auto) { return j == 3 ? 0 : -145 - step(j); }},
    {"400 below", [](auto j, auto n) { return j == n / 3 ? 0 : -400 - step(j); }},
    {"725 below", [](auto j, auto) { return j == 3 ? 0 : -725 - step(j); }},
    {"10000 below", [](auto j, auto n) { return j == n / 3 ? 0 : -10000 - step(j); }},
    {"half of them masked", [](auto j, auto n) { return j < n / 2 ? -infinity : -step(j); }},
    {"the last masked", [](auto j, auto n) { return j > n / 2 ? -infinity : -step(j); }},
    {"subnormal in f32", [](auto j, auto) { return 0x1p-146 * step(j); }, tests::subnormal_operand},
    {"subnormal in f64", [](auto j, auto) { return 0x1p-1070 * step(j); },
     tests::subnormal_operand},
    {"rising by 25 each 100",
     [](auto j, auto n) {
       const std::ptrdiff_t hundreds = j / 100 - n / 100;
       return 25 * static_cast<double>(hundreds) - step(j);
     }},
};

template <class T>
std::vector<T> row_of(const Shape& shape, std::ptrdiff_t n) {
  std::vector<T> x;
  x.reserve(static_cast<std::size_t>(n));
  for (std::ptrdiff_t j = 0; j < n; ++j) x.push_back(static_cast<T>(shape.at(j, n)));
  return x;
}

void expect_within(unsigned allowed, const tests::LoopFlags& flags, const std::string& what) {
  EXPECT_EQ((flags.sweep & ~allowed), 0)
      << fmt::format("{}: flags {:#x} of the sweep", what, flags.sweep);
  EXPECT_EQ((flags.gradient & ~allowed), 0)
      << fmt::format("{}: flags {:#x} of the gradient", what, flags.gradient);
}

bool drops_low_parts() { return HWY_DYNAMIC_DISPATCH(low_part_of_factor)() == 0; }

void check(const std::string& target, const Shape& shape, std::ptrdiff_t n) {
  const std::string what = fmt::format("{}, {} classes, {}", target, n, shape.name);
  const auto floats = row_of<float>(shape, n);
  expect_within(shape.allowed, HWY_DYNAMIC_DISPATCH(simd_f32)(floats), "simd f32, " + what);
  expect_within(shape.allowed, HWY_DYNAMIC_DISPATCH(faithful_f32)(floats), "faithful f32, " + what);
  const auto doubles = row_of<double>(shape, n);
  expect_within(shape.allowed, HWY_DYNAMIC_DISPATCH(simd_f64)(doubles), "simd f64, " + what);
  expect_within(shape.allowed, HWY_DYNAMIC_DISPATCH(faithful_f64)(doubles),
                "faithful f64, " + what);
}

}  // namespace
TEST(NormalNumbers, NoneIsSubnormal) {
  if (!xent::tests::has_number_flags) GTEST_SKIP() << "no flag tells subnormal numbers here";
  for (const std::string& target : xent::instruction_sets()) {
    if (!xent::tests::is_fused(target)) continue;
    const xent::tests::ChosenTarget chosen(target);
    EXPECT_TRUE(xent::impl::drops_low_parts()) << target + ": a subnormal low part of a factor";
    for (const auto& shape : xent::impl::shapes)
      for (const std::ptrdiff_t n : {100, 1000, 5000}) xent::impl::check(target, shape, n);
  }
}

}  // namespace xent::impl

#endif  // HWY_ONCE
