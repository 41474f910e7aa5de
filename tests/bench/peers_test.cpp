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
  plan.forms = {{.targets = cases::TargetKind::labels},
                {.targets = cases::TargetKind::one_hot},
                {.targets = cases::TargetKind::probs}};
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

std::vector<bench::Form> forms_with_options() {
  using cases::TargetKind;
  std::vector<bench::Form> forms = {{.weighted = true, .ignored = 0.25},
                                    {.row_weighted = true, .ignored = 0.25},
                                    {.targets = TargetKind::probs, .weighted = true},
                                    {.ignored = 0.25}};
  forms.back().options.label_smoothing = 0.125;
  forms.push_back({.weighted = true});
  forms.back().options.z_loss = 0.25;
  forms.push_back({.targets = TargetKind::probs});
  forms.back().options = {.label_smoothing = 0.125, .temperature = 0.5, .softcap = 4};
  return forms;
}

/// libtorch takes every option in every layout, and computes what the reference does.
TEST(Peers, OptionsAndLayouts) {
  using bench::Layout;
  for (const bench::Peer* peer : bench::peers()) {
    if (peer->name != "libtorch") continue;
    for (const bool gradient : {false, true})
      for (const Reduction reduction : all_reductions) {
        bench::Plan plan = tests::tiny_plan({}, gradient);
        plan.peers = {peer};
        plan.shapes = {{.rows = 12, .classes = 5, .layout = Layout::strided},
                       {.rows = 12, .classes = 5, .inner = 4},
                       {.rows = 12, .classes = 5, .inner = 4, .layout = Layout::class_axis_1}};
        plan.dtypes = {DType::f32, DType::f64};
        plan.forms = forms_with_options();
        plan.reduction = reduction;
        plan.repetitions = plan.attempts = 1;
        const auto found = bench::run(plan);
        for (const bench::Untimed& one : found.failures) ADD_FAILURE() << one.text;
        EXPECT_EQ(found.timings.size(), plan.shapes.size() * 2 * plan.forms.size());
      }
  }
}

TEST(Peers, Losses) { test_peers(false); }
TEST(Peers, Gradients) { test_peers(true); }

}  // namespace
