// SPDX-License-Identifier: MIT
// The peers of this build compute softmax cross-entropy. Added where there are any.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "bench/engine.hpp"
#include "bench/peer.hpp"
#include "machine/environment.hpp"
#include "tests/bench/tiny_plan.hpp"

namespace {

using namespace xent;

bool has_timing(const bench::Measurements& found, std::string_view peer, std::string_view dtype,
                std::string_view targets) {
  return std::count_if(found.timings.begin(), found.timings.end(), [&](const TimingRecord& t) {
           return t.implementation == peer && t.dtype == dtype && t.targets == targets;
         }) == 2;
}

void test_peers(bool gradient) {
  bench::Plan plan = tests::tiny_plan({}, gradient);
  plan.forms = {cases::TargetKind::labels, cases::TargetKind::one_hot, cases::TargetKind::probs};
  plan.peers = {bench::peers().begin(), bench::peers().end()};
  const auto found = bench::run(plan);
  for (const bench::Untimed& one : found.failures) ADD_FAILURE() << one.text;
  for (const TimingRecord& t : found.timings)
    EXPECT_TRUE(!t.instruction_set.empty() && t.instruction_set != "unknown" && t.checked_rows > 0)
        << t.implementation + " says what it runs on";
  for (const bench::Peer* peer : plan.peers) {
    EXPECT_TRUE(has_timing(found, peer->name, "f32", "labels")) << "f32 labels, both shapes";
    if (peer->name != "libtorch") continue;
    for (const char* dtype : {"f32", "f64", "bf16"})
      for (const char* targets : {"labels", "one_hot", "probs"})
        EXPECT_TRUE(has_timing(found, "libtorch", dtype, targets)) << "libtorch takes them";
  }
  const Provenance made = machine::environment("xent bench", 1, bench::versions_of(plan.peers));
  for (const bench::Peer* peer : plan.peers)
    EXPECT_TRUE(made.libraries.ends_with(plan.peers.back()->version()) &&
                made.libraries.find(peer->version()) != std::string::npos)
        << "the library is named";
}

TEST(Peers, Losses) { test_peers(false); }
TEST(Peers, Gradients) { test_peers(true); }

}  // namespace
