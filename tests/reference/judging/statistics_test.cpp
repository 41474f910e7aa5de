// SPDX-License-Identifier: MIT
// Statistics: counts, quantiles, witnesses; and two of them merged.
#include "reference/judging/statistics.hpp"

#include <cstdint>
#include <optional>

#include <gtest/gtest.h>

#include "reference/judging/judge.hpp"

namespace {

using namespace xent;
using namespace xent::reference;

Witness at_row(std::int64_t row) {
  Witness witness;
  witness.row = row;
  return witness;
}

TEST(Statistics, Statistics) {
  Statistics statistics;
  for (int k = 1; k <= 1000; ++k)
    statistics.add(
        {.nearest = k <= 500, .measured = true, .lo = 0, .hi = k / 1000.0, .terms = k / 2000.0},
        [k] { return at_row(k); });
  statistics.add({.category = &Categories::lost, .measured = true}, [] { return at_row(-7); });
  ErrorStats stats = statistics.result();
  const auto rounded_up = [](std::optional<double> q, double exact) {
    return exact <= q && q <= exact * 1.091;
  };
  EXPECT_TRUE(rounded_up(stats.p50, 0.5) && rounded_up(stats.p99, 0.99)) << "quantiles, rounded up";
  EXPECT_TRUE(stats.p999 <= stats.max_ulp && stats.max_ulp == 1) << "at most the maximum";
  EXPECT_TRUE(stats.count == 1001 && stats.correctly_rounded == 500) << "counts";
  EXPECT_TRUE(stats.max_terms_ulp == 0.5 && stats.terms_witness.row == 1000)
      << "in ulp of the terms";
  EXPECT_TRUE(!stats.max_backward && !stats.max_ratio && !stats.max_relative)
      << "what is not measured";
  EXPECT_TRUE(stats.max_witness.row == 1000 && stats.category_witness.row == -7) << "witnesses";

  ErrorStats more;
  more.count = 3;
  more.correctly_rounded = 1;
  more.p50 = 2;
  more.max_ulp = 9;
  more.max_witness.row = 4;
  more.max_ratio = 0.5;
  more.categories = {.wrong_sign = 2, .lost = 1};
  merge(stats, more);
  EXPECT_TRUE(stats.count == 1004 && stats.correctly_rounded == 501 && stats.p50 == 2)
      << "merged counts";
  EXPECT_TRUE(stats.max_ulp == 9 && stats.max_witness.row == 4 && stats.max_ratio == 0.5)
      << "the larger";
  EXPECT_TRUE(stats.categories.lost == 2 && stats.categories.total() == 4) << "merged categories";
  more.max_ulp = 8;
  more.max_witness.row = 5;
  merge(stats, more);
  EXPECT_TRUE(stats.max_ulp == 9 && stats.max_witness.row == 4) << "the smaller changes nothing";
}

/// What a bound allows is in the categories, and in the maximum of the terms; its witness yields to
/// that of a breach.
TEST(Statistics, Cancelled) {
  const auto row = [](std::int64_t k) { return [k] { return at_row(k); }; };
  const Error allowed{
      .category = &Categories::wrong_sign, .cancelled = true, .measured = true, .terms = 0.25};
  Statistics first;
  first.add(allowed, row(1));
  first.add(allowed, row(2));
  EXPECT_TRUE(first.result().category_witness.row == 1 && first.result().breaches() == 0)
      << "no breach";
  EXPECT_TRUE(first.result().max_terms_ulp == 0.25 && !first.result().max_ulp &&
              first.result().correctly_rounded == 0 && !first.result().p50)
      << "no error in ulp, and not correctly rounded";
  Statistics second;
  second.add({.category = &Categories::lost, .measured = true}, row(3));
  for (const bool forth : {true, false}) {
    Statistics all = forth ? first : second;
    all.add(forth ? second : first);
    const ErrorStats stats = all.result();
    EXPECT_TRUE(stats.categories.total() == 3 && stats.cancelled == 2 && stats.breaches() == 1 &&
                stats.category_witness.row == 3)
        << "the breach is the witness";
  }
  second.add({.category = &Categories::nan_unexpected}, row(5));
  second.add({.category = &Categories::lost, .measured = true}, row(6));
  EXPECT_EQ(second.result().category_witness.row, 5) << "NaN goes before what is lost";
  first.add({.nearest = true}, row(4));
  EXPECT_TRUE(first.result().correctly_rounded == 1 && !first.result().max_ulp)
      << "rightly NaN: correctly rounded, and no number";
}

}  // namespace
