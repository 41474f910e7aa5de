// SPDX-License-Identifier: MIT
// Rounds and reliability on samples that a made-up machine delivers: quiet, busy, too busy, a race.
#include "bench/rounds.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bench/reliability.hpp"

namespace {

using namespace xent;
using bench::Rounds;
using bench::Sample;
using bench::Series;

constexpr std::int64_t often = 10;

std::vector<Series> rounds(std::size_t calls, const Rounds& how, const bench::TakeSample& take) {
  return bench::time_rounds(take, std::vector<std::int64_t>(calls, often), how);
}

Sample quiet(double ns) { return {.ns = ns, .elapsed_ns = ns * often}; }
Sample disturbed(double ns) { return {.ns = ns, .elapsed_ns = 9 * ns * often, .preempted = true}; }

/// Each call once a round; the order changes.
TEST(Rounds, Rounds) {
  std::vector<std::size_t> order;
  const auto all = rounds(3, {.count = 20}, [&](std::size_t call, std::int64_t times) {
    order.push_back(call);
    EXPECT_EQ(times, often) << "as many calls as told";
    return quiet(static_cast<double>(100 * call) +
                 std::floor(static_cast<double>(order.size()) / 3));
  });
  EXPECT_EQ(order.size(), 60) << "no sample is taken twice";
  std::map<std::vector<std::size_t>, int> orders;
  for (std::size_t k = 0; k < 60; k += 3) {
    std::vector<std::size_t> one(order.begin() + static_cast<std::ptrdiff_t>(k),
                                 order.begin() + static_cast<std::ptrdiff_t>(k) + 3);
    ++orders[one];
    std::sort(one.begin(), one.end());
    EXPECT_EQ(one, (std::vector<std::size_t>{0, 1, 2})) << "each once in every round";
  }
  EXPECT_GT(orders.size(), 2) << "the order is drawn anew";
  for (const Series& one : all)
    EXPECT_TRUE(one.ns.size() == 20 && one.preempted == 0) << "20 samples";
}

/// Every second take is preempted: the other one is kept.
TEST(Rounds, Retaken) {
  int takes = 0;
  const auto all = rounds(1, {.count = 9}, [&](std::size_t, std::int64_t) {
    return ++takes % 2 == 1 ? disturbed(50) : quiet(100);
  });
  EXPECT_EQ(takes, 18) << "each preempted sample is taken again";
  EXPECT_TRUE(all[0].preempted == 0 && all[0].ns == std::vector<double>(9, 100))
      << "the sample that was not preempted, even if it is the longer one";
}

/// All takes are preempted: bounded by time, and said.
TEST(Rounds, Busy) {
  int takes = 0;
  const auto take = [&](std::size_t, std::int64_t) { return disturbed(100 + ++takes); };
  const auto all = rounds(1, {.count = 9}, take);
  EXPECT_TRUE(takes > 9 && takes <= 18)
      << "retakes cost no more than first takes: " + std::to_string(takes);
  EXPECT_TRUE(all[0].preempted == 9 && all[0].ns.size() == 9) << "nine samples, all preempted";
  takes = 0;
  const auto crowd = rounds(1, {.count = 9, .threads = 64, .crowded = true}, take);
  EXPECT_TRUE(takes == 9 && crowd[0].preempted == 0)
      << "threads that preempt each other say nothing";
}

/// An interruption is heeded before each sample, not only before each round.
TEST(Rounds, Interruption) {
  int taken = 0;
  const auto stop = [&] {
    if (taken == 4) throw std::runtime_error("interrupted");
  };
  const auto take = [&](std::size_t, std::int64_t) {
    ++taken;
    return quiet(100);
  };
  bool stopped = false;
  try {
    rounds(3, {.count = 9, .stop_if_asked = stop}, take);
  } catch (const std::runtime_error&) {
    stopped = true;
  }
  EXPECT_TRUE(stopped && taken == 4) << "an interruption comes out between two samples of a round";
}

/// Call 0 leads, 1 is 30 % behind, 2 three times, 3 ten times; 4 is no racer.
TEST(Rounds, Race) {
  const double ns[] = {100, 130, 300, 1000, 1000};
  const auto all = rounds(5, {.count = 15, .racing = 4},
                          [&](std::size_t call, std::int64_t) { return quiet(ns[call]); });
  const auto size = [&](std::size_t k) { return all[k].ns.size(); };
  EXPECT_TRUE(size(0) == 15 && size(1) == 15 && size(4) == 15) << "to the end";
  EXPECT_TRUE(size(2) == 3 && size(3) == 1)
      << "who is clearly behind is left out, the sooner the further";
  int round = 0;
  const auto stumbles = rounds(2, {.count = 9, .racing = 2}, [&](std::size_t call, std::int64_t) {
    return quiet(call == 0 && ++round != 2 ? 300 : 100);
  });
  EXPECT_EQ(stumbles[0].ns.size(), 9) << "but only one that is behind in every round";
}

TimingRecord judged(const std::vector<double>& ns, std::int64_t preempted, double roof_ns,
                    bool crowded = false) {
  const std::vector<RoofRecord> roofs = {{.kind = "read",
                                          .kernel = "or",
                                          .dtype = "f32",
                                          .bytes = 1000,
                                          .residency = "L2",
                                          .gigabytes_per_second = 1000 / roof_ns}};
  TimingRecord record;
  record.targets = "labels";
  bench::set_times({ns, preempted}, roofs, crowded, record);
  return record;
}

TEST(Rounds, Reliability) {
  const TimingRecord good = judged({110, 100, 120}, 1, 50);
  EXPECT_TRUE(good.ns_min == 100 && good.ns_median == 110 && good.repetitions == 3 &&
              good.preempted == 1 && good.samples_ns.size() == 3)
      << "the record of its samples";
  EXPECT_TRUE(good.roof_multiple == 2 && good.unreliable.empty()) << "twice the roof, reliable";
  EXPECT_EQ(judged({110, 100, 120}, 2, 50).unreliable, "other processes ran during 2 of 3 samples")
      << "loaded";
  EXPECT_EQ(judged({100, 130, 140}, 0, 50).unreliable, "the median is 1.30 times the minimum")
      << "a median far above the minimum";
  const TimingRecord below = judged({80, 81, 82}, 0, 100);
  EXPECT_EQ(below.unreliable, "0.80 times the roof, which nothing can be faster than")
      << "below the roof of its own run: " + below.unreliable;
  const TimingRecord crowd = judged({100, 101, 102}, 0, 300, true);
  EXPECT_TRUE(!crowd.roof_multiple && crowd.unreliable.empty())
      << "no multiple of more threads than cores";
}

}  // namespace
