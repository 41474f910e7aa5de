// SPDX-License-Identifier: MIT
// The benchmark engine: every cell of a plan gives one record that agrees with the others. Looks at
// results, not at clocks.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include <xent/validate.hpp>

#include "bench/caches.hpp"
#include "bench/engine.hpp"
#include "bench/environment.hpp"
#include "bench/roofline.hpp"
#include "bench/two_forms.hpp"
#include "tests/expect.hpp"
#include "tests/tiny_plan.hpp"

namespace {

using namespace xent;
using tests::cells;
using tests::expect;
using tests::expect_fault;
using tests::right;
using tests::shapes_and_types;
using tests::tiny_plan;

/// Bytes of an element.
double size_of(const std::string& dtype) {
  return static_cast<double>(xent::size_of(*find_dtype(dtype)));
}

/// The least time of a kernel of that kind on the record's shape and type, from the roofs alone.
double fastest_ns(const bench::Measurements& found, const TimingRecord& t, const char* kind) {
  for (const RoofRecord& r : found.roofs)
    if (r.fastest && r.kind == kind && r.dtype == t.dtype && r.batch == t.batch &&
        r.classes == t.classes && r.threads == t.threads)
      return r.bytes / r.gigabytes_per_second;
  return NAN;
}

/// The read of the logits, of dense targets too, and the write of the gradient.
double roof_ns(const bench::Measurements& found, const TimingRecord& t) {
  const double read = fastest_ns(found, t, "read") * (t.targets == "labels" ? 1 : 2);
  if (!t.gradient) return read;
  return read + std::min(fastest_ns(found, t, "write"), fastest_ns(found, t, "nt_write"));
}

void check_timing(const bench::Measurements& found, const TimingRecord& t, bool gradient) {
  const double size = size_of(t.dtype);
  const auto n = static_cast<double>(t.batch), c = static_cast<double>(t.classes);
  const double targets = t.targets == "labels" ? n * 8 : n * c * size;
  expect(t.ns_min > 0 && t.ns_min <= t.ns_median, "0 < ns_min <= ns_median");
  expect(t.gradient == gradient && t.repetitions == 3, "the record repeats the plan");
  expect(t.bytes == n * c * size * (gradient ? 2 : 1) + targets, "bytes count each array once");
  expect(std::abs(t.roof_multiple * roof_ns(found, t) / t.ns_min - 1) < 1e-9,
         "the multiple is that of the fastest kernels of the same shape");
  expect(t.residency == bench::residency(t.bytes, bench::caches()), "the residency of its bytes");
  expect(t.checked_rows == std::min<std::int64_t>(t.batch, 8),
         "every row of a small shape is checked");
  expect(t.checked_ulp > 0, "some loss of a float kernel is not exact");
}

/// Every kernel that has its arrays, with one fastest of each kind, shape and type.
void check_roofs(const bench::Measurements& found, bool gradient) {
  const auto kernels =
      std::count_if(bench::roof_kernels().begin(), bench::roof_kernels().end(),
                    [&](const bench::RoofKernel& k) { return bench::applies(k.kind, gradient); });
  const auto shapes = static_cast<std::ptrdiff_t>(shapes_and_types);
  expect(std::ssize(found.roofs) == shapes * kernels, "every roof on every shape");
  const auto fastest = std::count_if(found.roofs.begin(), found.roofs.end(),
                                     [](const RoofRecord& r) { return r.fastest; });
  expect(fastest == shapes * (gradient ? 5 : 1), "one fastest roof per kind, shape and type");
  for (const RoofRecord& a : found.roofs) {
    const double array = static_cast<double>(a.batch * a.classes) * size_of(a.dtype);
    expect(a.bytes == array * (a.kind == "copy" || a.kind == "nt_copy" ? 2 : 1), "bytes moved");
    expect(a.residency == bench::residency(a.bytes, bench::caches()), "the residency of a roof");
    for (const RoofRecord& b : found.roofs)
      expect(!a.fastest || a.kind != b.kind || a.dtype != b.dtype || a.batch != b.batch ||
                 a.gigabytes_per_second >= b.gigabytes_per_second,
             "the fastest roof is the fastest");
  }
}

void test_cells(bool gradient) {
  const auto found = bench::run(tiny_plan({&right(), find_implementation("simd")}, gradient));
  expect(found.failures.empty() && found.skipped.empty(), "right implementations are timed");
  expect(found.timings.size() == 2 * cells, "one record per cell");
  check_roofs(found, gradient);
  for (const TimingRecord& t : found.timings) check_timing(found, t, gradient);
  for (std::size_t k = 0; k < found.timings.size(); ++k)
    for (std::size_t other = 0; other < k; ++other) {
      const TimingRecord &a = found.timings[k], &b = found.timings[other];
      expect(a.implementation != b.implementation || a.dtype != b.dtype || a.batch != b.batch ||
                 a.targets != b.targets,
             "no cell is recorded twice");
    }
}

/// Every form is timed on targets of its own, and its bytes are those.
void test_forms() {
  bench::Plan plan = tiny_plan({&right()}, false);
  plan.shapes = {{8, 100}};
  plan.dtypes = {DType::f32};
  plan.forms.assign(std::begin(cases::all_target_kinds), std::end(cases::all_target_kinds));
  const auto found = bench::run(plan);
  expect(found.timings.size() == plan.forms.size(), "each form is timed");
  constexpr double logits = 8 * 100 * 4;
  for (const TimingRecord& t : found.timings) {
    const double targets = t.bytes - logits;
    if (t.targets == "labels") expect(targets == 8 * 8, "labels are int64");
    if (t.targets == "one_hot" || t.targets == "probs") expect(targets == logits, "a matrix");
    if (t.targets == "csr")
      expect(targets > 9 * 8 && targets < logits, "csr has offsets, classes and probabilities");
  }
}

void test_threads() {
  bench::Plan plan = tiny_plan({&right()}, true);
  plan.threads = 2;
  const auto found = bench::run(plan);
  for (const TimingRecord& t : found.timings)
    expect(t.threads == 2 && std::abs(t.roof_multiple * roof_ns(found, t) / t.ns_min - 1) < 1e-9,
           "timings and roofs are of two threads");
  expect(threads() == 1, "threads are as before");
}

void test_invalid_plans() {
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

void test_two_forms() {
  const bench::Plan plan = bench::two_forms(false);
  expect(plan.shapes.size() == 5 && plan.implementations.size() == 3, "five widths, three ways");
  for (const auto& [rows, classes] : plan.shapes)
    expect(std::abs(static_cast<double>(rows * classes) / 1.3e6 - 1) < 0.05, "as many logits");
  std::string pairs;
  for (const Implementation* i : plan.implementations)
    for (const cases::TargetKind form : plan.forms)
      if (plan.admits(*i, form))
        pairs += std::string(i->name) + "/" + std::string(to_string(form)) + " ";
  expect(pairs == "one_hot/one_hot sparse/labels simd/labels simd/one_hot ", pairs);
}

void test_environment() {
  const Provenance p = bench::environment("xent bench", 7);
  for (const std::string* text : {&p.version, &p.revision, &p.compiler, &p.flags, &p.build_type,
                                  &p.cpu, &p.caches, &p.system, &p.libraries})
    expect(!text->empty(), "no field of the environment is empty");
  expect(p.command == "xent bench" && p.seed == 7 && p.cores > 0, "command, seed, cores");
  expect(p.date.size() == 20 && p.date.back() == 'Z', "the date is UTC: " + p.date);
  expect(p.instruction_sets == instruction_sets(), "the instruction sets are those of the build");
}

}  // namespace

int main() {
  test_cells(false);
  test_cells(true);
  test_forms();
  test_threads();
  test_invalid_plans();
  test_two_forms();
  test_environment();
  return tests::exit_code();
}
