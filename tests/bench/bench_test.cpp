// SPDX-License-Identifier: MIT
// The benchmark engine: every cell of a plan gives one record that agrees with the others. Looks at
// results, not at clocks.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include <xent/validate.hpp>

#include "bench/engine.hpp"
#include "bench/plans/two_forms.hpp"
#include "machine/environment.hpp"
#include "tests/bench/tiny_plan.hpp"
#include "tests/support/expect_fault.hpp"

namespace {

using namespace xent;
using tests::cells;
using tests::expect_fault;
using tests::right;
using tests::tiny_plan;

void check_timing(const TimingRecord& t, bool gradient) {
  const auto size = static_cast<double>(size_of(*find_dtype(t.dtype)));
  const auto n = static_cast<double>(t.batch), c = static_cast<double>(t.classes);
  const double targets = t.targets == "labels" ? n * 8 : n * c * size;
  EXPECT_TRUE(t.ns_min > 0 && t.ns_min <= t.ns_median) << "0 < ns_min <= ns_median";
  EXPECT_TRUE(t.samples_ns.size() == 3 &&
              *std::min_element(t.samples_ns.begin(), t.samples_ns.end()) == t.ns_min)
      << "every sample is kept";
  EXPECT_TRUE(t.gradient == gradient && t.repetitions == 3) << "the record repeats the plan";
  EXPECT_EQ(t.bytes, n * c * size * (gradient ? 2 : 1) + targets) << "bytes count each array once";
  EXPECT_EQ(t.checked_rows, std::min<std::int64_t>(t.batch, 8))
      << "every row of a small shape is checked";
  EXPECT_GT(t.checked_ulp, 0) << "some loss of a float kernel is not exact";
}

void test_cells(bool gradient) {
  const auto found = bench::run(tiny_plan({&right(), find_implementation("simd")}, gradient));
  EXPECT_TRUE(found.failures.empty() && found.skipped.empty()) << "right implementations are timed";
  EXPECT_EQ(found.timings.size(), 2 * cells) << "one record per cell";
  for (const TimingRecord& t : found.timings) check_timing(t, gradient);
  for (std::size_t k = 0; k < found.timings.size(); ++k)
    for (std::size_t other = 0; other < k; ++other) {
      const TimingRecord &a = found.timings[k], &b = found.timings[other];
      EXPECT_TRUE(a.implementation != b.implementation || a.dtype != b.dtype ||
                  a.batch != b.batch || a.targets != b.targets)
          << "no cell is recorded twice";
    }
}

/// Every form is timed on targets of its own, and its bytes are those.
TEST(Bench, Forms) {
  bench::Plan plan = tiny_plan({&right()}, false);
  plan.shapes = {{8, 100}};
  plan.dtypes = {DType::f32};
  plan.forms.clear();
  for (const cases::TargetKind targets : cases::all_target_kinds)
    plan.forms.push_back({.targets = targets});
  const auto found = bench::run(plan);
  EXPECT_EQ(found.timings.size(), plan.forms.size()) << "each form is timed";
  constexpr double logits = 8 * 100 * 4;
  for (const TimingRecord& t : found.timings) {
    const double targets = t.bytes - logits;
    if (t.targets == "labels") {
      EXPECT_EQ(targets, 8 * 8) << "labels are int64";
    }
    if (t.targets == "one_hot" || t.targets == "probs") {
      EXPECT_EQ(targets, logits) << "a matrix";
    }
    if (t.targets == "csr") {
      EXPECT_TRUE(targets > 9 * 8 && targets < logits)
          << "csr has offsets, classes and probabilities";
    }
  }
}

TEST(Bench, InvalidPlans) {
  const bench::Plan good = tiny_plan({&right()}, false);
  bench::Plan plan = good;
  const auto run = [&plan] { (void)bench::run(plan); };
  plan.shapes = {{4, 0}};
  expect_fault<InvalidProblem>(run, "4x0");
  plan.shapes = {{std::ptrdiff_t{1} << 40, std::ptrdiff_t{1} << 40}};
  expect_fault<InvalidProblem>(run, "1099511627776x1099511627776");
  plan = good;
  plan.threads = 0;
  expect_fault<InvalidProblem>(run, "0 threads");
  plan.threads = 1025;
  expect_fault<InvalidProblem>(run, "1025 threads");
  plan = good;
  plan.repetitions = 0;
  expect_fault<InvalidProblem>(run, "0 repetitions");
  plan = good;
  plan.min_time = NAN;
  expect_fault<InvalidProblem>(run, "nan seconds");
  plan = good;
  plan.instruction_set = "abacus";
  expect_fault<InvalidProblem>(run, "abacus");
}

TEST(Bench, TwoForms) {
  const bench::Plan plan = bench::two_forms(false);
  EXPECT_TRUE(plan.shapes.size() == 5 && plan.implementations.size() == 3)
      << "five widths, three ways";
  for (const bench::Shape& shape : plan.shapes)
    EXPECT_LT(std::abs(static_cast<double>(shape.elements()) / 1.3e6 - 1), 0.05)
        << "as many logits";
  std::string pairs;
  for (const Implementation* i : plan.implementations)
    for (const bench::Form& form : plan.forms)
      if (plan.admits(*i, form)) pairs += std::string(i->name) + "/" + to_string(form) + " ";
  EXPECT_EQ(pairs, "one_hot/one_hot sparse/labels simd/labels simd/one_hot ") << pairs;
}

TEST(Bench, Environment) {
  const Provenance p = machine::environment("xent bench", 7);
  for (const std::string* text : {&p.version, &p.revision, &p.compiler, &p.flags, &p.build_type,
                                  &p.cpu, &p.caches, &p.system, &p.libraries})
    EXPECT_FALSE(text->empty()) << "no field of the environment is empty";
  EXPECT_TRUE(p.cores <= p.affinity && p.load_start && p.load_end) << "cores and load";
  EXPECT_EQ(p.system.find(", ,"), std::string::npos) << "the system: " + p.system;
  EXPECT_TRUE(p.command == "xent bench" && p.seed == 7 && p.cores > 0) << "command, seed, cores";
  EXPECT_TRUE(p.date.size() == 20 && p.date.back() == 'Z') << "the date is UTC: " + p.date;
  EXPECT_EQ(p.instruction_sets, instruction_sets())
      << "the instruction sets are those of the build";
}

TEST(Bench, CellsOfLosses) { test_cells(false); }
TEST(Bench, CellsOfGradients) { test_cells(true); }

}  // namespace
