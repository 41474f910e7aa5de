// SPDX-License-Identifier: MIT
// impl/arithmetic/sum_in_blocks.hpp has the error that lemma 3 (compensated sums) of
// docs/bounds/arithmetic.md states, as a function and as a class: 2^-86 of the sum of the
// magnitudes, and 2^-100 for each block of 1024 terms.
#include "impl/arithmetic/sum_in_blocks.hpp"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/impl/arithmetic/exact.hpp"

namespace xent::impl {
namespace {

using tests::Exact;
using tests::exact;

/// Returns the sum of the terms as the function and as the class have it.
std::pair<Pair, Pair> both_sums(const std::vector<Pair>& terms) {
  SumInBlocks sum;
  for (const Pair term : terms) sum.add_term(term.hi, term.lo);
  const auto term_at = [&](std::ptrdiff_t j) { return terms[static_cast<std::size_t>(j)]; };
  return {sum_in_blocks(std::ssize(terms), term_at), sum.total()};
}

RC_GTEST_PROP(SumInBlocks, KeepsItsBound, ()) {
  const int n = *rc::gen::element(0, 1, 2, 1023, 1024, 1025, 2048, 3100);
  const Pair drawn[] = {tests::draw_pair(-60, 1), tests::draw_pair(-9, 1), tests::draw_pair(-1, 1)};
  const bool cancels = *rc::gen::arbitrary<bool>();
  std::vector<Pair> terms;
  Exact expected = 0;
  Exact magnitudes = 0;
  for (int k = 0; k < n; ++k) {
    terms.push_back(scale(drawn[k % 3], std::ldexp(cancels && k % 2 == 0 ? -1 : 1, k % 7)));
    expected += exact(terms.back());
    magnitudes += abs(exact(terms.back()));
  }
  const int blocks = n / 1024;
  const double bound = 0x1p-86 + blocks * 0x1p-100;
  const auto [of_function, of_class] = both_sums(terms);
  RC_ASSERT(tests::is_near(exact(of_function), expected, bound, magnitudes));
  RC_ASSERT(tests::is_near(exact(of_class), expected, bound, magnitudes));
}

TEST(SumInBlocks, MayBeInfinite) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double largest = std::numeric_limits<double>::max();
  for (const std::size_t n : {1U, 100U, 1024U, 1025U, 2500U})
    for (const std::size_t at : {std::size_t{0}, n / 2, n - 1}) {
      std::vector<Pair> terms(n, Pair{1, 0x1p-60});
      for (const double value : {infinity, -infinity}) {
        terms[at] = {value, 0};
        const auto [of_function, of_class] = both_sums(terms);
        EXPECT_EQ(of_function.hi, value) << n << " terms, " << at;
        EXPECT_EQ(of_class.hi, value) << n << " terms, " << at;
      }
      terms[at] = exactly(std::numeric_limits<double>::quiet_NaN());
      const auto [of_function, of_class] = both_sums(terms);
      EXPECT_TRUE(std::isnan(of_function.hi) && std::isnan(of_class.hi)) << n << " terms, " << at;
    }
  const auto [of_function, of_class] = both_sums({{largest, 0}, {largest, 0}, {1, 0}});
  EXPECT_EQ(of_function.hi, infinity);
  EXPECT_EQ(of_class.hi, infinity);
}

TEST(SumInBlocks, InfinitiesOfBothSignsInABlockAreNaN) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto [of_function, of_class] = both_sums({{infinity, 0}, {1, 0}, {-infinity, 0}});
  EXPECT_TRUE(std::isnan(of_function.hi));
  EXPECT_TRUE(std::isnan(of_class.hi));
}

}  // namespace
}  // namespace xent::impl
