// SPDX-License-Identifier: MIT
// state_of_parts: a row merged from segments, each of which has an origin of its own and a larger
// maximum than the one before. Each tail changes its origin once, so the row's errs as one change.

#include <cmath>
#include <cstddef>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "impl/simd/reduce/parts-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace {

constexpr double rise = 0x1p-10;
constexpr std::ptrdiff_t length = Sharing::split_grain;
constexpr std::ptrdiff_t count = most_segments;

/// The state of a segment whose maximum is the kth: one element, with an origin of its own.
RowState segment_state(std::ptrdiff_t k) {
  const double m = 5000 + rise * static_cast<double>(k);
  return {.m = m, .unit = {.origin = m}};
}

RowState row_of_segments(int threads, bool ascending) {
  return state_of_parts<double>(length * count, threads,
                                [ascending](std::ptrdiff_t begin, std::ptrdiff_t) HWY_ATTR {
                                  const std::ptrdiff_t k = begin / length;
                                  return segment_state(ascending ? k : count - 1 - k);
                                });
}

}  // namespace
}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

namespace xent::impl {
namespace {

using namespace HWY_NAMESPACE;

TEST(Parts, ATailChangesItsOriginOnce) {
  long double exact = 0;
  for (int k = 1; k < count; ++k) exact += std::exp(-static_cast<long double>(rise * k));
  for (const int threads : {1, 2})
    for (const bool ascending : {true, false}) {
      const RowState row = row_of_segments(threads, ascending);
      const long double tail = static_cast<long double>(row.tail.hi) + row.tail.lo;
      const auto error = static_cast<double>(std::fabs(tail / tail_scale / exact - 1));
      EXPECT_EQ(row.m, segment_state(count - 1).m);
      EXPECT_LE(error, 0x1p-61) << fmt::format("off by {} times 2^-64", error * 0x1p64);
    }
}

}  // namespace
}  // namespace xent::impl
