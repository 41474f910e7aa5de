// SPDX-License-Identifier: MIT
// The choice of `xent pick`: who qualifies, from measurements; who is named, from samples made up
// here as quiet and busy machines deliver them.
#include "bench/choice.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/bench/tiny_plan.hpp"

namespace {

using namespace xent;
using tests::right;

/// Losses twice as large as they are.
void inflated(const Problem<float>& problem, const Outputs<float>& out, const Execution&) noexcept {
  right().f32.kernel(problem, out);
  for (std::ptrdiff_t i = 0; i < out.loss.size; ++i) out.loss[i] *= 2;
}

TEST(Choice, Qualified) {
  bench::Wish wish{.batch = 4, .classes = 50, .seconds = 0.05};
  Implementation wrong = right();
  wrong.name = "inflated";
  wrong.f32.kernel = inflated;
  const std::vector<const Implementation*> among = {&wrong, &right(), find_implementation("simd")};
  const bench::Choice all = bench::pick(wish, among);
  EXPECT_EQ(all.candidates.size(), 3) << "every implementation is a candidate";
  EXPECT_LE(all.candidates[0].timed->ns_median, all.candidates[1].timed->ns_median)
      << "fastest first";
  EXPECT_TRUE(all.candidates[0].qualifies && all.candidates[1].qualifies)
      << "the right ones qualify";
  EXPECT_TRUE(all.candidates[2].implementation == "inflated" && !all.candidates[2].qualifies &&
              !all.candidates[2].timed && !all.candidates[2].reason.empty())
      << "the wrong one does not, is last, and a reason is given";
  EXPECT_EQ(all.picked.empty(), !all.doubt.empty()) << "a name, or why there is none";
  wish.tier = Tier::accurate;
  for (const bench::Candidate& c : bench::pick(wish, among).candidates)
    EXPECT_TRUE(!c.qualifies || c.tier >= Tier::accurate) << "a weaker promise does not qualify";
  wish = {.batch = 4, .classes = 50, .max_ulp = 0, .seconds = 0.05};
  const bench::Choice none = bench::pick(wish, among);
  for (const bench::Candidate& c : none.candidates)
    EXPECT_TRUE(!c.qualifies && !c.reason.empty()) << "no rounded result is within 0 ulp";
  EXPECT_TRUE(none.picked.empty() && none.doubt.empty()) << "nobody, without a doubt";
}

bench::Candidate candidate(const char* name, Tier tier, double ns, const char* unreliable = "") {
  TimingRecord record;
  record.implementation = name;
  record.samples_ns.assign(15, ns);
  record.ns_median = ns;
  record.unreliable = unreliable;
  return {.implementation = name, .tier = tier, .timed = std::move(record), .reason = {}};
}

std::string picked(const bench::Wish& wish, std::vector<bench::Candidate> candidates) {
  const bench::Choice choice = bench::choose(wish, std::move(candidates));
  return fmt::format("{}; {}", fmt::join(choice.picked, " "), choice.doubt);
}

TEST(Choice, Named) {
  const bench::Wish any, accurate{.tier = Tier::accurate};
  const auto stable = candidate("online", Tier::stable, 80);
  const auto fast = candidate("simd", Tier::accurate, 100);
  const auto slow = candidate("faithful", Tier::faithful, 120);
  const auto near = candidate("faithful", Tier::faithful, 100.5);
  EXPECT_EQ(picked(any, {slow, fast, stable}), "online; ") << "the fastest of all";
  EXPECT_EQ(picked(accurate, {slow, fast, stable}), "simd; ") << "the fastest that promises enough";
  EXPECT_EQ(picked(accurate, {fast, near}), "faithful simd; ")
      << "a tie, the stronger promise first";
  EXPECT_EQ(picked(accurate, {near, fast}), "faithful simd; ") << "whatever the order";
  const bench::Choice tie = bench::choose(accurate, {fast, near});
  EXPECT_TRUE(tie.least == "simd" && tie.ratios[0].low == 1.005 && tie.ratios[1].high == 1)
      << "by how much";
  const auto loaded = candidate("simd", Tier::accurate, 100, "others ran");
  EXPECT_EQ(picked(accurate, {slow, loaded}), "; simd: others ran")
      << "nobody where the first is in doubt";
  const auto doubtful = candidate("online", Tier::stable, 80, "others ran");
  EXPECT_EQ(picked(accurate, {slow, fast, doubtful}), "simd; ")
      << "who does not qualify hinders nobody";
}

}  // namespace
