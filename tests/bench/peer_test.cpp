// SPDX-License-Identifier: MIT
// Peers: one that is right is timed with its error; one that is plainly wrong is not.
#include "bench/peer.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "bench/engine.hpp"
#include "tests/bench/tiny_plan.hpp"

namespace {

using namespace xent;

int threads_told = 0;

/// What is added to the losses, and what the gradient is multiplied with.
struct Right {
  static constexpr double shift = 0, slope = 1;
};
struct Shifted {
  static constexpr double shift = 0.1, slope = 1;
};
struct NoNumber {
  static constexpr double shift = std::numeric_limits<double>::quiet_NaN(), slope = 1;
};
struct Doubled {
  static constexpr double shift = 0, slope = 2;
};
struct Nothing {
  static constexpr double shift = 0, slope = 0;
};

/// The results of log_sum_exp, changed like that; no csr.
template <class Change, class T>
bench::PeerCall prepare(const bench::Workload<T>& w, const bench::Form& form, Reduction reduction,
                        bool gradient) {
  if (form.targets == cases::TargetKind::csr) return {};
  Outputs<T> out = w.outputs(reduction);
  if (!gradient) out.grad = {};
  const Problem<T> problem = w.problem(form, reduction);
  return {.run = [=] { tests::right().contract<T>().kernel(problem, out); },
          .deliver =
              [=, elements = gradient ? w.shape.size() : 0] {
                for (std::ptrdiff_t i = 0; i < out.loss.size; ++i)
                  out.loss[i] =
                      static_cast<LossOf<T>>(static_cast<double>(out.loss[i]) + Change::shift);
                for (std::ptrdiff_t i = 0; i < elements; ++i)
                  out.grad.data[i] =
                      static_cast<T>(static_cast<double>(out.grad.data[i]) * Change::slope);
              }};
}

/// Of f32 and bf16.
template <class Change>
bench::Peer peer(std::string_view name) {
  return {.name = name,
          .version = [] { return std::string("abacus 1"); },
          .instruction_set = [] { return std::string("BEADS"); },
          .use_threads = [](int count) { threads_told = count; },
          .f32 = prepare<Change, float>,
          .bf16 = prepare<Change, xent::bf16>};
}

bench::Measurements run(const bench::Peer& peer, bool gradient, int threads = 1) {
  bench::Plan plan = tests::tiny_plan({&tests::right()}, gradient);
  plan.peers = {&peer};
  plan.threads = threads;
  plan.forms.push_back({.targets = cases::TargetKind::csr});
  return bench::run(plan);
}

/// Two types of four, two forms of three, two shapes.
TEST(Peer, Right) {
  const bench::Peer abacus = peer<Right>("abacus");
  for (const bool gradient : {false, true}) {
    const auto found = run(abacus, gradient, 3);
    std::ptrdiff_t timed = 0;
    for (const TimingRecord& t : found.timings) {
      if (t.implementation != "abacus") continue;
      ++timed;
      EXPECT_TRUE(t.instruction_set == "BEADS" && t.gradient == gradient && t.threads == 3)
          << "a record";
      EXPECT_TRUE(t.ns_min > 0 && t.samples_ns.size() == 3 && t.bytes > 0) << "it is timed";
      EXPECT_TRUE(t.checked_ulp > 0 && t.checked_rows == std::min<std::int64_t>(t.batch, 8))
          << "judged";
    }
    EXPECT_TRUE(timed == 8 && found.failures.empty()) << "every cell that it takes";
    EXPECT_EQ(std::count_if(found.skipped.begin(), found.skipped.end(),
                            [](const auto& one) { return one.implementation == "abacus"; }),
              16)
        << "it is skipped where it has no type or form";
    EXPECT_EQ(threads_told, 1) << "peers have one thread afterwards";
  }
}

void test_wrong(const bench::Peer& wrong, bool gradient, std::string_view fault) {
  const auto found = run(wrong, gradient);
  EXPECT_EQ(found.failures.size(), 8) << std::string(wrong.name) + ": no cell is timed";
  for (const bench::Untimed& one : found.failures)
    EXPECT_TRUE(one.text.starts_with(wrong.name) && one.text.find(fault) != std::string::npos)
        << one.text;
  for (const TimingRecord& t : found.timings)
    EXPECT_NE(t.implementation, wrong.name) << "not timed";
}

TEST(Peer, WrongLosses) {
  test_wrong(peer<Shifted>("shifted"), false, "loss of row");
  test_wrong(peer<NoNumber>("no number"), false, "loss of row");
}

TEST(Peer, WrongGradients) {
  test_wrong(peer<Doubled>("doubled"), true, "gradient of row");
  test_wrong(peer<Nothing>("nothing"), true, "gradient of row");
}

}  // namespace
