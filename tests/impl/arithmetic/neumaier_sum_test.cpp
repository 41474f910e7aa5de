// SPDX-License-Identifier: MIT
// impl/arithmetic/neumaier_sum.hpp has the errors that lemma 4 (sums of double words) of
// docs/bounds/arithmetic.md states: up to 2^22 terms, with any signs, within a block and beyond.
#include "impl/arithmetic/neumaier_sum.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/impl/arithmetic/exact.hpp"

namespace xent::impl {
namespace {

using tests::Exact;
using tests::exact;
using tests::is_near;

/// The error of up to 2^22 terms, of the sum of the magnitudes.
template <class A>
inline constexpr double bound = (sizeof(A) == 4 ? 0x1p-7 : 0x1p-36) * double{tests::roundoff<A>};

template <class A>
void keeps_its_bound() {
  const int n = *rc::gen::element(1, 2, 100, 255, 256, 257, 513, 1100);
  const DoubleWord<A> drawn[] = {tests::draw_word<A>(-20, 1), tests::draw_word<A>(-4, 1),
                                 tests::draw_word<A>(-1, 1)};
  NeumaierSum<A> sum;
  Exact expected = 0;
  Exact magnitudes = 0;
  for (int k = 0; k < n; ++k) {
    const DoubleWord<A> term = scaled(drawn[k % 3], std::ldexp(k % 5 < 2 ? A{1} : A{-1}, k % 7));
    sum.add(term);
    expected += exact(term);
    magnitudes += abs(exact(term));
  }
  RC_ASSERT(is_near(exact(sum.total()), expected, bound<A>, magnitudes));
  RC_ASSERT(sum.total().hi + sum.total().lo == sum.total().hi);
}

RC_GTEST_PROP(NeumaierSum, KeepsItsBoundInF32, ()) { keeps_its_bound<float>(); }
RC_GTEST_PROP(NeumaierSum, KeepsItsBoundInF64, ()) { keeps_its_bound<double>(); }

/// Adds n terms (m + 1/4) 2^-`bits`, whose integers m of `bits` bits follow from a linear
/// congruence; one sum of integers has their exact sum.
template <class A>
void adds_many_terms(std::int64_t n, int bits, bool with_both_signs) {
  NeumaierSum<A> sum;
  std::int64_t quarters = 0;
  std::int64_t sizes = 0;
  std::uint64_t state = 1;
  for (std::int64_t k = 0; k < n; ++k) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const auto size = static_cast<std::int64_t>(state >> (64 - bits) | 1);
    const std::int64_t m = with_both_signs && k % 2 == 0 ? -size : size;
    sum.add(exact_sum(std::ldexp(static_cast<A>(m), -bits), std::ldexp(A{0.25}, -bits)));
    quarters += 4 * m + 1;
    sizes += 4 * size + 1;
  }
  const Exact expected = ldexp(Exact(quarters), -bits - 2);
  EXPECT_TRUE(is_near(exact(sum.total()), expected, bound<A>, ldexp(Exact(sizes), -bits - 2)))
      << n << " terms";
}

TEST(NeumaierSum, KeepsItsBoundForManyTerms) {
  for (const std::int64_t n : {std::int64_t{1} << 17, (std::int64_t{1} << 22) - 5})
    for (const bool with_both_signs : {false, true}) {
      adds_many_terms<float>(n, 24, with_both_signs);
      adds_many_terms<double>(n, 38, with_both_signs);
    }
}

template <class A>
void may_be_infinite(int before) {
  using Limits = std::numeric_limits<A>;
  for (const A value : {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN()}) {
    NeumaierSum<A> sum;
    for (int k = 0; k < before; ++k) sum.add({1, 0});
    sum.add({value, 0});
    for (int k = 0; k < 300; ++k) {
      EXPECT_TRUE(std::isnan(value) ? std::isnan(sum.total().hi) : sum.total().hi == value);
      EXPECT_EQ(sum.total().lo, 0);
      sum.add({1, 0});
    }
    sum.add({-value, 0});
    EXPECT_TRUE(std::isnan(sum.total().hi));
  }
}

TEST(NeumaierSum, MayBeInfinite) {
  for (const int before : {0, 255, 256, 300}) {
    may_be_infinite<float>(before);
    may_be_infinite<double>(before);
  }
}

}  // namespace
}  // namespace xent::impl
