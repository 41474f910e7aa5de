// SPDX-License-Identifier: MIT
// The peers of this build compute softmax cross-entropy. Added where there are any.
#include <algorithm>
#include <string>

#include "bench/engine.hpp"
#include "bench/environment.hpp"
#include "bench/peer.hpp"
#include "tests/expect.hpp"
#include "tests/tiny_plan.hpp"

namespace {

using namespace xent;
using tests::expect;

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
  for (const bench::Untimed& one : found.failures) expect(false, one.text);
  for (const TimingRecord& t : found.timings)
    expect(!t.instruction_set.empty() && t.instruction_set != "unknown" && t.checked_rows > 0,
           t.implementation + " says what it runs on");
  for (const bench::Peer* peer : plan.peers) {
    expect(has_timing(found, peer->name, "f32", "labels"), "f32 labels, both shapes");
    if (peer->name != "libtorch") continue;
    for (const char* dtype : {"f32", "f64", "bf16"})
      for (const char* targets : {"labels", "one_hot", "probs"})
        expect(has_timing(found, "libtorch", dtype, targets), "libtorch takes them");
  }
  const Provenance made = bench::environment("xent bench", 1, plan.peers);
  for (const bench::Peer* peer : plan.peers)
    expect(made.libraries.ends_with(plan.peers.back()->version()) &&
               made.libraries.find(peer->version()) != std::string::npos,
           "the library is named");
}

}  // namespace

int main() {
  test_peers(false);
  test_peers(true);
  return tests::exit_code();
}
