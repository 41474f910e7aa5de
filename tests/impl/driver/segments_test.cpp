// SPDX-License-Identifier: MIT
// impl/driver/segments.hpp: the segments of a range cover it once, and are the same for any number
// of threads.
#include "impl/driver/segments.hpp"

#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace xent::impl {
namespace {

struct Cut {
  std::ptrdiff_t begin = -1;
  std::ptrdiff_t end = -1;
  int calls = 0;

  bool operator==(const Cut&) const = default;
};

std::vector<Cut> cuts_of(const Segments& segments, int threads) {
  std::vector<Cut> cuts(static_cast<std::size_t>(segments.count()));
  segments.for_each(threads, [&](std::ptrdiff_t k, std::ptrdiff_t begin, std::ptrdiff_t end) {
    Cut& cut = cuts[static_cast<std::size_t>(k)];  // each has its own: no two threads share one
    cut = {begin, end, cut.calls + 1};
  });
  return cuts;
}

/// Tells whether the cuts follow each other from 0 to `size`, have been called once each, and have
/// a length that is a multiple of `grain` but for the last.
bool is_partition(const std::vector<Cut>& cuts, std::ptrdiff_t size, std::ptrdiff_t grain) {
  std::ptrdiff_t at = 0;
  for (const Cut& cut : cuts) {
    if (cut.begin != at || cut.end <= at || cut.calls != 1) return false;
    if ((cut.end - cut.begin) % grain != 0 && cut.end != size) return false;
    at = cut.end;
  }
  return at == size;
}

RC_GTEST_PROP(Segments, CoverTheRangeOnce, ()) {
  const std::ptrdiff_t grain = *rc::gen::element<std::ptrdiff_t>(1, 2, 7, 64, 65536);
  const std::ptrdiff_t size = *rc::gen::weightedOneOf<std::ptrdiff_t>(
      {{1, rc::gen::inRange<std::ptrdiff_t>(0, 200)},
       {1, rc::gen::map(rc::gen::tuple(rc::gen::inRange<std::ptrdiff_t>(0, 131),
                                       rc::gen::inRange<std::ptrdiff_t>(-1, 2)),
                        [=](const std::tuple<std::ptrdiff_t, std::ptrdiff_t>& drawn) {
                          return std::max<std::ptrdiff_t>(
                              std::get<0>(drawn) * grain + std::get<1>(drawn), 0);
                        })},
       {1, rc::gen::inRange<std::ptrdiff_t>(0, std::ptrdiff_t{1} << 40)}});
  const Segments segments(size, grain);
  RC_ASSERT(segments.count() <= most_segments);
  const std::vector<Cut> cuts = cuts_of(segments, 1);
  RC_ASSERT(is_partition(cuts, size, grain));
  RC_ASSERT(cuts_of(segments, *rc::gen::element(2, 3, 5)) == cuts);
}

TEST(Segments, AreAsManyAsTheyCanBe) {
  EXPECT_EQ(Segments(0, 1).count(), 0);
  EXPECT_EQ(Segments(1, 1).count(), 1);
  EXPECT_EQ(Segments(64, 1).count(), 64);
  EXPECT_EQ(Segments(65, 1).count(), 33);
  EXPECT_EQ(Segments(6400, 100).count(), 64);
  EXPECT_EQ(Segments(99, 100).count(), 1);
}

TEST(Segments, AWholeRowIsOnePartWhereItIsNarrowOrOneThreads) {
  const auto parts_of = [](std::ptrdiff_t classes, int threads) {
    std::vector<Cut> parts((static_cast<std::size_t>(classes) - 1) / Sharing::split_grain + 1);
    for_each_part(classes, threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
      Cut& part = parts[static_cast<std::size_t>(begin / Sharing::split_grain)];
      part = {begin, end, part.calls + 1};
    });
    return parts;
  };
  const std::ptrdiff_t wide = Sharing::least_split;
  EXPECT_EQ(parts_of(wide - 1, 3).front(), (Cut{0, wide - 1, 1}));
  EXPECT_EQ(parts_of(wide, 1).front(), (Cut{0, wide, 1}));
  EXPECT_EQ(parts_of(wide, 3).front(), (Cut{0, wide / 2, 1}));
  EXPECT_TRUE(is_partition(parts_of(wide, 3), wide, Sharing::split_grain));
  EXPECT_TRUE(is_partition(parts_of(wide + 5, 2), wide + 5, Sharing::split_grain));
}

TEST(Segments, ThreadsShareRowsUnlessTheseAreWideAndFew) {
  const auto shared = [](std::ptrdiff_t rows, std::ptrdiff_t classes, int count) {
    const Sharing sharing = Sharing::of(rows, classes, count);
    return std::vector<int>{sharing.over_rows, sharing.within_rows};
  };
  EXPECT_EQ(shared(1000, 1000, 1), (std::vector<int>{1, 1}));
  EXPECT_EQ(shared(32, 1023, 4), (std::vector<int>{1, 1}));
  EXPECT_EQ(shared(32, 1024, 4), (std::vector<int>{4, 1}));
  EXPECT_EQ(shared(1, Sharing::least_split - 1, 4), (std::vector<int>{4, 1}));
  EXPECT_EQ(shared(1, Sharing::least_split, 4), (std::vector<int>{1, 4}));
  EXPECT_EQ(shared(31, Sharing::least_split, 4), (std::vector<int>{1, 4}));
  EXPECT_EQ(shared(32, Sharing::least_split, 4), (std::vector<int>{4, 1}));
}

}  // namespace
}  // namespace xent::impl
