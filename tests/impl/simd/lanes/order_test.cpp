// SPDX-License-Identifier: MIT
// impl/simd/lanes/order-inl.hpp on every target of this machine: which operand a minimum and a
// maximum return where one is NaN, or both are zeros of other signs, in each lane.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/lanes/order_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <cstddef>
#include <limits>

#include <hwy/highway.h>

#include <xent/element.hpp>

#include "impl/simd/lanes/order-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace {

/// Writes the larger and the smaller of m[k] and x[k], for n elements that are whole vectors.
template <class T>
void order_all(const T* m, const T* x, std::size_t n, T* of_larger, T* of_smaller) {
  const hn::ScalableTag<T> tag;
  for (std::size_t k = 0; k < n; k += hn::Lanes(tag)) {
    const auto a = hn::LoadU(tag, m + k);
    const auto b = hn::LoadU(tag, x + k);
    hn::StoreU(larger(a, b), tag, of_larger + k);
    hn::StoreU(smaller(a, b), tag, of_smaller + k);
  }
}

void order_f32(const float* m, const float* x, std::size_t n, float* of_larger, float* of_smaller) {
  order_all(m, x, n, of_larger, of_smaller);
}
void order_f64(const double* m, const double* x, std::size_t n, double* of_larger,
               double* of_smaller) {
  order_all(m, x, n, of_larger, of_smaller);
}

static_assert(minus_infinity<float> == -std::numeric_limits<float>::infinity());
static_assert(minus_infinity<double> == -std::numeric_limits<double>::infinity());
static_assert(minus_infinity<bf16>.bits == 0xFF80);
static_assert(minus_infinity<f16>.bits == 0xFC00);

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/impl/simd/every_target.hpp"

namespace xent::impl {
namespace {

HWY_EXPORT(order_f32);
HWY_EXPORT(order_f64);

void order_here(const std::vector<float>& m, const std::vector<float>& x, std::vector<float>& a,
                std::vector<float>& b) {
  HWY_DYNAMIC_DISPATCH(order_f32)(m.data(), x.data(), m.size(), a.data(), b.data());
}
void order_here(const std::vector<double>& m, const std::vector<double>& x, std::vector<double>& a,
                std::vector<double>& b) {
  HWY_DYNAMIC_DISPATCH(order_f64)(m.data(), x.data(), m.size(), a.data(), b.data());
}

template <class T>
bool same(T a, T b) {
  return std::isnan(a) ? std::isnan(b) : a == b && std::signbit(a) == std::signbit(b);
}

/// Orders every pair of 16 numbers. Each row of 16 pairs begins with another one, so that each pair
/// of numbers that differ comes to each lane of a vector beside others.
template <class T>
void orders_every_pair() {
  using Limits = std::numeric_limits<T>;
  const T numbers[] = {T{0},
                       -T{0},
                       T{1},
                       T{-1},
                       T{1.5},
                       T{-2},
                       Limits::min(),
                       Limits::denorm_min(),
                       -Limits::denorm_min(),
                       Limits::max(),
                       Limits::lowest(),
                       Limits::infinity(),
                       -Limits::infinity(),
                       Limits::quiet_NaN(),
                       -Limits::quiet_NaN(),
                       T{100}};
  std::vector<T> m;
  std::vector<T> x;
  for (std::size_t turn = 0; turn < 16; ++turn)
    for (const T a : numbers)
      for (std::size_t k = 0; k < 16; ++k) {
        m.push_back(a);
        x.push_back(numbers[(k + turn) % 16]);
      }
  std::vector<T> of_larger(m.size());
  std::vector<T> of_smaller(m.size());
  order_here(m, x, of_larger, of_smaller);
  for (std::size_t k = 0; k < m.size(); ++k) {
    EXPECT_TRUE(same(of_larger[k], x[k] > m[k] ? x[k] : m[k])) << m[k] << " and " << x[k];
    EXPECT_TRUE(same(of_smaller[k], m[k] < x[k] ? m[k] : x[k])) << m[k] << " and " << x[k];
  }
}

TEST(Order, SaysWhatItReturnsForNaN) {
  tests::on_every_target([] {
    orders_every_pair<float>();
    orders_every_pair<double>();
  });
}

}  // namespace
}  // namespace xent::impl

#endif  // HWY_ONCE
