// SPDX-License-Identifier: MIT
// impl/arithmetic/pairwise_sum.hpp adds as lemma 5 (pairwise sums) of docs/bounds/arithmetic.md
// states: each of n terms takes part in at most floor(log2 n) + 1 roundings.
#include "impl/arithmetic/pairwise_sum.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/impl/arithmetic/exact.hpp"

namespace xent::impl {
namespace {

using tests::Exact;

/// A sum that counts its terms, and the roundings that one of them has taken part in at most. It
/// adds to 0 without a rounding.
struct Counted {
  int terms = 0;
  int roundings = 0;

  Counted() = default;
  Counted(int count) : terms(count) {}  // NOLINT(google-explicit-constructor): a total begins at 0
  Counted& operator+=(const Counted& other) {
    const int more = terms == 0 || other.terms == 0 ? 0 : 1;
    roundings = std::max(roundings, other.roundings) + more;
    terms += other.terms;
    return *this;
  }
};

int most_roundings(int n) { return static_cast<int>(std::bit_width(static_cast<unsigned>(n))); }

TEST(PairwiseSum, ATermTakesPartInFewRoundings) {
  PairwiseSum<Counted> sum;
  EXPECT_EQ(sum.total().terms, 0);
  for (int n = 1; n <= 5000; ++n) {
    sum.add(1);
    EXPECT_EQ(sum.total().terms, n);
    EXPECT_LE(sum.total().roundings, most_roundings(n)) << n;
  }
}

template <class W>
void keeps_its_bound() {
  const int n = *rc::gen::element(1, 2, 3, 7, 8, 64, 100, 257, 1000);
  const W drawn[] = {tests::draw_number<W>(-30, 4), tests::draw_number<W>(-4, 4)};
  PairwiseSum<W> sum;
  Exact expected = 0;
  Exact magnitudes = 0;
  for (int k = 0; k < n; ++k) {
    const W term = drawn[k % 2] * std::ldexp(W{1}, k % 5);
    sum.add(term);
    expected += term;
    magnitudes += abs(Exact(term));
  }
  const double errors = most_roundings(n) * double{tests::roundoff<W>};
  RC_ASSERT(tests::is_near(sum.total(), expected, errors / (1 - errors), magnitudes));
}

RC_GTEST_PROP(PairwiseSum, KeepsItsBoundInF32, ()) { keeps_its_bound<float>(); }
RC_GTEST_PROP(PairwiseSum, KeepsItsBoundInF64, ()) { keeps_its_bound<double>(); }

}  // namespace
}  // namespace xent::impl
