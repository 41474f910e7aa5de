// SPDX-License-Identifier: MIT
// The rule that names the fastest, on samples made up for the purpose: quiet, tied, disturbed, too
// few.
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <xent/records/fastest_or_tied.hpp>

namespace {

using namespace xent;
using Samples = std::vector<double>;

TimingRecord record(const char* name, Samples samples, const char* unreliable = "") {
  TimingRecord made;
  made.implementation = name;
  made.samples_ns = std::move(samples);
  made.unreliable = unreliable;
  return made;
}

Fastest among(const std::vector<TimingRecord>& records) {
  static std::vector<TimingRecord> kept;
  kept = records;
  std::vector<const TimingRecord*> pointers;
  pointers.reserve(kept.size());
  for (const TimingRecord& one : kept) pointers.push_back(&one);
  return fastest(pointers);
}

std::string names(const Fastest& found) {
  std::string text;
  for (const TimingRecord* one : found.tied) text += one->implementation + " ";
  return text;
}

/// Times of `rounds` rounds in which the machine, not the implementation, makes most of the noise:
/// a factor of each round up to 3, and 2 % of each sample's own.
struct Machine {
  std::mt19937 random{7};
  std::vector<double> factors;

  explicit Machine(std::size_t rounds) {
    std::uniform_real_distribution<double> factor(1, 3);
    for (std::size_t k = 0; k < rounds; ++k) factors.push_back(factor(random));
  }
  Samples samples(double ns) {
    std::uniform_real_distribution<double> own(1, 1.02);
    Samples all;
    for (const double factor : factors) all.push_back(ns * factor * own(random));
    return all;
  }
};

TEST(Fastest, Quiet) {
  const Fastest found = among({record("b", Samples(9, 110)), record("a", Samples(9, 100))});
  EXPECT_TRUE(names(found) == "a " && found.least->implementation == "a" && found.doubt.empty())
      << "the fastest wins";
  EXPECT_EQ(names(among({record("alone", Samples(9, 1))})), "alone ") << "one is the fastest";
  EXPECT_TRUE(names(among({})).empty() && among({}).doubt.empty()) << "none, and no doubt";
}

/// Noise of the rounds falls on all alike: minima of this data name "slow" now and then, pairs
/// never.
TEST(Fastest, NoisyRounds) {
  Machine machine(15);
  const Samples fast = machine.samples(100), slow = machine.samples(110);
  EXPECT_EQ(names(among({record("slow", slow), record("fast", fast)})), "fast ")
      << "10 % are told under a noise of 200 %";
  const Fastest tie =
      among({record("one", machine.samples(100)), record("two", machine.samples(100))});
  EXPECT_EQ(names(tie), "one two ") << "equals are a tie, in the order that they were given";
  EXPECT_TRUE(tie.ratios.size() == 2 && tie.ratios[0].low < 1.02 && tie.ratios[1].high > 0.98)
      << "the interval of each";
  const Fastest turned =
      among({record("two", tie.tied[1]->samples_ns), record("one", tie.tied[0]->samples_ns)});
  EXPECT_EQ(names(turned), "two one ") << "not in the order of the times";
}

TEST(Fastest, Margin) {
  EXPECT_EQ(names(among({record("a", Samples(9, 100)), record("b", Samples(9, 100.5))})), "a b ")
      << "half a percent is a tie, however sure";
  EXPECT_EQ(names(among({record("a", Samples(9, 100)), record("b", Samples(9, 102))})), "a ")
      << "two percent are not";
}

TEST(Fastest, Unreliable) {
  const TimingRecord good = record("good", Samples(9, 100));
  const Fastest best = among({good, record("loaded", Samples(9, 90), "others ran")});
  EXPECT_TRUE(best.tied.empty() && best.doubt == "loaded: others ran")
      << "nobody if the least is in doubt";
  const Fastest near = among({good, record("loaded", Samples(9, 140), "others ran")});
  EXPECT_TRUE(near.tied.empty() && near.doubt == "loaded: others ran")
      << "nor if one in doubt may be the least";
  EXPECT_EQ(names(among({good, record("loaded", Samples(9, 160), "others ran")})), "good ")
      << "what is in doubt and far behind in every round hinders nobody";
  Samples once(9, 160);
  once[4] = 120;
  EXPECT_TRUE(among({good, record("loaded", once, "others ran")}).tied.empty())
      << "but in every round";
}

TEST(Fastest, TooFew) {
  const Fastest found = among({record("a", Samples(5, 100)), record("b", Samples(5, 120))});
  EXPECT_TRUE(found.tied.empty() &&
              found.doubt == "a: 5 samples are too few, at least 6 are needed")
      << found.doubt;
  EXPECT_EQ(names(among({record("a", Samples(9, 100)), record("out", Samples(1, 900))})), "a ")
      << "who was left out of the race after a round";
  EXPECT_EQ(among({record("a", Samples(9, 100)), record("b", {})}).doubt, "b: it has no samples")
      << "no samples at all";
  for (const double bad : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::infinity()})
    EXPECT_TRUE(among({record("a", Samples(9, bad))}).tied.empty()) << "samples that are no times";
}

}  // namespace
