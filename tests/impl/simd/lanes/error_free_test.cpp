// SPDX-License-Identifier: MIT
// impl/simd/lanes/error_free-inl.hpp on every target of this machine: sums and products are exact,
// as lemma 1 (pairs) of docs/bounds/arithmetic.md states, with and without fused operations.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/impl/simd/lanes/error_free_test.cpp"
#include <gtest/gtest.h>
#include <hwy/foreach_target.h>
// after foreach_target.h
#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/lanes/error_free-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace {

/// Computes with n elements of a and b that are whole vectors, |a| >= |b|, and writes the high and
/// the low parts of the sum, of the fast sum, of the difference and of the two products to arrays.
template <class T>
void compute_all(const T* a_at, const T* b_at, std::size_t n, T* const* to) {
  const hn::ScalableTag<T> tag;
  const auto store = [&](std::size_t k, std::size_t first,
                         const PairLanes<hn::ScalableTag<T>>& pair) HWY_ATTR {
    hn::StoreU(pair.hi, tag, to[first] + k);
    hn::StoreU(pair.lo, tag, to[first + 1] + k);
  };
  for (std::size_t k = 0; k < n; k += hn::Lanes(tag)) {
    const auto a = hn::LoadU(tag, a_at + k);
    const auto b = hn::LoadU(tag, b_at + k);
    store(k, 0, two_sum(tag, b, a));
    store(k, 2, fast_two_sum(tag, a, b));
    store(k, 4, two_difference(tag, b, a));
    if constexpr (sizeof(T) == 8) store(k, 6, two_prod(tag, a, b));
    if constexpr (sizeof(T) == 8) store(k, 8, two_prod_of_large(tag, b, a));
  }
}

void compute_f32(const float* a, const float* b, std::size_t n, float* const* to) {
  compute_all(a, b, n, to);
}
void compute_f64(const double* a, const double* b, std::size_t n, double* const* to) {
  compute_all(a, b, n, to);
}

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <rapidcheck/gtest.h>

#include <xent/execution.hpp>

#include "tests/impl/arithmetic/exact.hpp"
#include "tests/impl/simd/chosen_target.hpp"

namespace xent::impl {
namespace {

HWY_EXPORT(compute_f32);
HWY_EXPORT(compute_f64);

using tests::Exact;

void compute_here(const float* a, const float* b, std::size_t n, float* const* to) {
  HWY_DYNAMIC_DISPATCH(compute_f32)(a, b, n, to);
}
void compute_here(const double* a, const double* b, std::size_t n, double* const* to) {
  HWY_DYNAMIC_DISPATCH(compute_f64)(a, b, n, to);
}

template <class T>
void is_exact(int low, int high) {
  constexpr std::size_t n = 16;
  std::vector<T> a;
  std::vector<T> b;
  for (std::size_t k = 0; k < n; ++k) {
    a.push_back(tests::draw_number<T>(low, high));
    b.push_back(k % 2 == 0 ? tests::draw_number<T>(low, high)
                           : a.back() * tests::draw_number<T>(-30, 1));
    if (std::abs(a[k]) < std::abs(b[k])) std::swap(a[k], b[k]);
  }
  for (const std::string& target : instruction_sets()) {
    const tests::ChosenTarget chosen(target);
    RC_LOG() << target << '\n';
    std::vector<T> results(10 * n);
    T* to[10];
    for (std::size_t k = 0; k < 10; ++k) to[k] = results.data() + k * n;
    compute_here(a.data(), b.data(), n, to);
    for (std::size_t k = 0; k < n; ++k) {
      const Exact sum = Exact(a[k]) + b[k];
      RC_ASSERT(to[0][k] == a[k] + b[k] && to[2][k] == a[k] + b[k]);
      RC_ASSERT(Exact(to[0][k]) + to[1][k] == sum);
      RC_ASSERT(Exact(to[2][k]) + to[3][k] == sum);
      RC_ASSERT(to[4][k] == b[k] - a[k]);
      RC_ASSERT(Exact(to[4][k]) + to[5][k] == Exact(b[k]) - a[k]);
      for (const std::size_t product : {std::size_t{6}, std::size_t{8}}) {
        if (sizeof(T) < 8) continue;
        RC_ASSERT(to[product][k] == a[k] * b[k]);
        RC_ASSERT(Exact(to[product][k]) + to[product + 1][k] == Exact(a[k]) * b[k]);
      }
    }
  }
}

RC_GTEST_PROP(ErrorFree, FloatsAreExact, ()) { is_exact<float>(-40, 40); }
RC_GTEST_PROP(ErrorFree, DoublesAreExact, ()) { is_exact<double>(-400, 400); }
RC_GTEST_PROP(ErrorFree, LargeDoublesAreExact, ()) { is_exact<double>(100, 510); }

}  // namespace
}  // namespace xent::impl

#endif  // HWY_ONCE
