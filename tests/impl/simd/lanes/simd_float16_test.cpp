// SPDX-License-Identifier: MIT
// The conversions of impl/simd/lanes/float16-inl.hpp on every target of this machine: each of the
// 65,536 patterns to float; and back, each pattern, each midpoint between two, and the floats
// beside both.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/lanes/simd_float16_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <hwy/highway.h>

#include "impl/simd/lanes/conversions-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

void widen_bf16(const bf16* from, std::ptrdiff_t n, float* to) { widen(from, n, to); }
void widen_f16(const f16* from, std::ptrdiff_t n, float* to) { widen(from, n, to); }
void narrow_bf16(const float* from, std::ptrdiff_t n, bf16* to) { narrow(from, n, to); }
void narrow_f16(const float* from, std::ptrdiff_t n, f16* to) { narrow(from, n, to); }

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include <xent/element.hpp>
#include <xent/implementation.hpp>

#include "tests/impl/simd/chosen_target.hpp"

namespace xent::impl {
namespace {

HWY_EXPORT(widen_bf16);
HWY_EXPORT(widen_f16);
HWY_EXPORT(narrow_bf16);
HWY_EXPORT(narrow_f16);

void widen_here(const std::vector<bf16>& from, std::vector<float>& to) {
  HWY_DYNAMIC_DISPATCH(widen_bf16)(from.data(), std::ssize(from), to.data());
}
void widen_here(const std::vector<f16>& from, std::vector<float>& to) {
  HWY_DYNAMIC_DISPATCH(widen_f16)(from.data(), std::ssize(from), to.data());
}
void narrow_here(const std::vector<float>& from, std::vector<bf16>& to) {
  HWY_DYNAMIC_DISPATCH(narrow_bf16)(from.data(), std::ssize(from), to.data());
}
void narrow_here(const std::vector<float>& from, std::vector<f16>& to) {
  HWY_DYNAMIC_DISPATCH(narrow_f16)(from.data(), std::ssize(from), to.data());
}

template <class T>
std::vector<T> every_pattern() {
  std::vector<T> all;
  for (std::uint32_t bits = 0; bits < 65536; ++bits)
    all.push_back(T::of_bits(static_cast<std::uint16_t>(bits)));
  return all;
}

bool same(float a, float b) {
  return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

template <class T>
void widens_every_pattern(const std::string& target) {
  const std::vector<T> all = every_pattern<T>();
  std::vector<float> wide(all.size());
  widen_here(all, wide);
  for (std::size_t k = 0; k < all.size(); ++k)
    EXPECT_TRUE(same(wide[k], all[k]))
        << fmt::format("{} {:#06x} on {}: {}", to_string(dtype_of<T>), k, target, wide[k]);
}

/// The numbers of T, what lies in the middle between one and the next, and their neighbours.
template <class T>
std::vector<float> hard_to_narrow() {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  std::vector<float> hard = {0x1.fffffep127F, -0x1.fffffep127F, 65520, 65519.996F, -65520};
  for (const T x : every_pattern<T>()) {
    const auto next = T::of_bits(static_cast<std::uint16_t>(x.bits + 1));
    const auto middle =
        static_cast<float>((static_cast<double>(x) + static_cast<double>(next)) / 2);
    for (const float y : {static_cast<float>(x), middle})
      for (const float toward : {y, infinity, -infinity}) hard.push_back(std::nextafter(y, toward));
  }
  return hard;
}

template <class T>
void narrows_to_the_nearest(const std::string& target) {
  const std::vector<float> all = hard_to_narrow<T>();
  std::vector<T> narrow(all.size());
  narrow_here(all, narrow);
  for (std::size_t k = 0; k < all.size(); ++k)
    EXPECT_TRUE(std::isnan(all[k]) ? std::isnan(float{narrow[k]})
                                   : narrow[k].bits == static_cast<T>(all[k]).bits)
        << fmt::format("{:a} to {} on {}: {:#06x}", all[k], to_string(dtype_of<T>), target,
                       narrow[k].bits);
}

void check_every_target() {
  for (const std::string& name : instruction_sets()) {
    const tests::ChosenTarget chosen(name);
    widens_every_pattern<bf16>(name);
    widens_every_pattern<f16>(name);
    narrows_to_the_nearest<bf16>(name);
    narrows_to_the_nearest<f16>(name);
    fmt::print("{}: 65536 patterns of bf16 and f16, and {} floats to each\n", name,
               hard_to_narrow<bf16>().size());
  }
}

}  // namespace
TEST(SimdFloat16, OnEachInstructionSet) { xent::impl::check_every_target(); }

}  // namespace xent::impl

#endif  // HWY_ONCE
