// SPDX-License-Identifier: MIT
// state_of_parts: a row merged from segments, each of which has an origin of its own and a larger
// maximum than the one before. Each tail changes its origin once, so the row's errs as one change.

#include <cmath>
#include <cstddef>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "impl/simd/reduce/parts-inl.hpp"

namespace xent::impl {
namespace {

constexpr double rise = 0x1p-10;

/// The state of segment k: one element, with an origin of its own.
RowState segment_state(std::ptrdiff_t k) {
  const double m = 5000 + rise * static_cast<double>(k);
  return {.m = m, .unit = {.origin = m}};
}

TEST(Parts, ATailChangesItsOriginOnce) {
  constexpr std::ptrdiff_t length = Sharing::split_grain;
  constexpr std::ptrdiff_t count = most_segments;
  for (const int threads : {1, 2}) {
    for (const bool ascending : {true, false}) {
      const RowState row = HWY_NAMESPACE::state_of_parts<double>(
          length * count, threads, [&](std::ptrdiff_t begin, std::ptrdiff_t) {
            const std::ptrdiff_t k = begin / length;
            return segment_state(ascending ? k : count - 1 - k);
          });
      long double exact = 0;
      for (int k = 1; k < count; ++k) exact += std::exp(-static_cast<long double>(rise * k));
      const long double tail = static_cast<long double>(row.tail.hi) + row.tail.lo;
      const auto error = static_cast<double>(std::fabs(tail / tail_scale / exact - 1));
      EXPECT_EQ(row.m, segment_state(count - 1).m);
      EXPECT_LE(error, 0x1p-61) << fmt::format("off by {} times 2^-64", error * 0x1p64);
    }
  }
}

}  // namespace
}  // namespace xent::impl
