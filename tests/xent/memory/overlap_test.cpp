// SPDX-License-Identifier: MIT
// Overlap of views is decided as a search byte by byte decides it, on drawn layouts of two views of
// one buffer; and quickly on layouts of millions of elements.
#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <xent/memory/overlap.hpp>

namespace {

using namespace xent;
using namespace xent::detail;

/// From which on the views lie; nothing is read there.
constexpr std::uintptr_t base = std::uintptr_t{1} << 32;

AnyMatrix matrix_at(std::ptrdiff_t byte, DType dtype, const MatrixView<const std::byte>& places) {
  const std::uintptr_t address = base + static_cast<std::uintptr_t>(byte);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): an address without memory
  return {reinterpret_cast<const void*>(address), dtype, places};
}

/// The bytes of all elements; how often each is there.
std::multiset<std::ptrdiff_t> bytes_of(const AnyMatrix& m) {
  std::multiset<std::ptrdiff_t> bytes;
  const auto size = static_cast<std::ptrdiff_t>(size_of(m.dtype));
  const auto first = static_cast<std::ptrdiff_t>(address_of(m.data) - base);
  for (std::ptrdiff_t i = 0; i < m.rows(); ++i)
    for (std::ptrdiff_t j = 0; j < m.cols(); ++j)
      for (std::ptrdiff_t k = 0; k < size; ++k)
        bytes.insert(first + (m.layout.row_offset(i) + j * m.layout.col_stride) * size + k);
  return bytes;
}

bool meet(const AnyMatrix& a, const AnyMatrix& b) {
  for (const Footprint& part : footprints_of("a", a))
    for (const Footprint& other : footprints_of("b", b))
      if (overlap(part, other)) return true;
  return false;
}

bool meets_itself(const AnyMatrix& m) {
  const Footprints all = footprints_of("m", m);
  if (all.count == 2 && overlap(all.parts[0], all.parts[1])) return true;
  return std::any_of(all.begin(), all.end(),
                     [](const Footprint& part) { return overlaps_itself(part); });
}

AnyMatrix drawn(std::mt19937& random) {
  const auto from = [&](std::ptrdiff_t least, std::ptrdiff_t most) {
    return std::uniform_int_distribution<std::ptrdiff_t>(least, most)(random);
  };
  const DType dtype = all_dtypes[from(0, 3)];
  return matrix_at(2 * from(-20, 20), dtype,
                   {.rows = from(0, 7),
                    .cols = from(1, 4),
                    .row_stride = from(-14, 14),
                    .col_stride = from(-14, 14),
                    .inner = from(1, 4),
                    .inner_stride = from(-14, 14)});
}

TEST(Overlap, DrawnLayouts) {
  std::mt19937 random(7);
  int met = 0, met_itself = 0, wrong = 0;
  constexpr int rounds = 20'000;
  for (int round = 0; round < rounds; ++round) {
    const AnyMatrix a = drawn(random);
    const AnyMatrix b = drawn(random);
    const auto of_a = bytes_of(a);
    const auto of_b = bytes_of(b);
    const bool shared =
        std::any_of(of_a.begin(), of_a.end(), [&](auto at) { return of_b.contains(at); });
    const bool twice = std::set(of_a.begin(), of_a.end()).size() != of_a.size();
    met += shared ? 1 : 0;
    met_itself += twice ? 1 : 0;
    wrong += meet(a, b) == shared && meet(b, a) == shared && meets_itself(a) == twice ? 0 : 1;
  }
  EXPECT_EQ(wrong, 0) << fmt::format("{} of {} layouts are decided wrongly", wrong, rounds);
  EXPECT_TRUE(1000 < met && met < rounds - 1000 && 1000 < met_itself && met_itself < rounds - 1000)
      << fmt::format("{} meet and {} meet themselves", met, met_itself);
}

/// Views of one array [n, 2 c] of a million rows: its halves, and these with axes and ends
/// exchanged.
TEST(Overlap, LargeLayouts) {
  constexpr std::ptrdiff_t n = 1'000'000, c = 1000;
  const auto half = [&](std::ptrdiff_t from) {
    return matrix_at(4 * from, DType::f32,
                     {.rows = n, .cols = c, .row_stride = 2 * c, .col_stride = 1});
  };
  const AnyMatrix left = half(0);
  const AnyMatrix right = half(c);
  const AnyMatrix backwards =
      matrix_at(4 * (2 * c * n - 1), DType::f32,
                {.rows = n, .cols = c, .row_stride = -2 * c, .col_stride = -1});
  const AnyMatrix transposed =
      matrix_at(4 * c, DType::f32, {.rows = c, .cols = n, .row_stride = 1, .col_stride = 2 * c});
  EXPECT_TRUE(!meet(left, right) && !meet(left, backwards) && !meet(left, transposed))
      << "halves are apart";
  EXPECT_TRUE(meet(right, backwards) && meet(right, transposed) && meet(left, half(c - 1)))
      << "or meet";
  EXPECT_TRUE(!meets_itself(left) && !meets_itself(transposed)) << "and are of distinct elements";
  EXPECT_FALSE(
      meet(left, matrix_at(8 * c - 2, DType::bf16, {.rows = n, .cols = 1, .row_stride = 4 * c})))
      << "a column of 16 bits is apart";
}

}  // namespace
