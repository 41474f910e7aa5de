// SPDX-License-Identifier: MIT
// Results of several runs: tables by run, the same report whatever the order of the files; parts
// that are missing, doubled or mixed are refused by name.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "reports/records/pick.hpp"
#include "reports/records/runs.hpp"
#include "reports/records/verdict.hpp"
#include "tests/reports/results_fixture.hpp"
#include "tests/support/expect_fault.hpp"

namespace {

using namespace xent;
using namespace xent::tests;
using reports::put_together;
using reports::SourceFile;

/// The run of a machine; its timings are `factor` times the fixture's.
SourceFile bench_on(const char* cpu, const char* id, double factor) {
  SourceFile file{std::string(id) + ".json", plain_results()};
  file.results.runs[0].cpu = cpu;
  file.results.runs[0].id = id;
  file.results.laws.clear();
  for (TimingRecord& one : file.results.timings) one.ns_min *= factor;
  for (RoofRecord& one : file.results.roofs) one.gigabytes_per_second /= factor;
  return file;
}

TEST(ReportRuns, Machines) {
  SourceFile slow = bench_on("Slow 2 GHz", "a", 3);
  SourceFile fast = bench_on("Fast 5 GHz", "b", 1);
  slow.results.timings[0].implementation = "sparse";  // which the fast machine does not time
  slow.results.accuracy[0].implementation = "sparse";
  const Results one = put_together({slow, fast});
  const Results other = put_together({fast, slow});
  for (const reports::Format* format : reports::formats())
    EXPECT_EQ(reports::written(*format, one), reports::written(*format, other))
        << std::string(format->file_name) + " does not depend on the order of the files";
  const std::string line = reports::verdict_line(one);
  EXPECT_TRUE(holds(line, "on Fast 5 GHz (2 cores) fastest accurate forward") &&
              holds(line, "labels, run 1): simd") &&
              holds(line, "on Slow 2 GHz (2 cores) fastest") &&
              holds(line, "labels, run 2): sparse"))
      << "each machine has its own winner: " + line;
  const std::string text = document("markdown", one);
  for (const char* part : {"Fastest: f32, labels, run 1 on Fast 5 GHz (2 cores)",
                           "Fastest: f32, labels, run 2 on Slow 2 GHz (2 cores)",
                           "f32, labels, run 2 on Slow 2 GHz (2 cores): batch",
                           "Bandwidth, read, run 1 on Fast 5 GHz (2 cores), GB/s"})
    EXPECT_TRUE(holds(text, part)) << part;
  EXPECT_FALSE(holds(document("markdown", plain_results()), "run 1 on"))
      << "of one run, no word of it";
}

/// A check that fails counts for the timings of the same build, whatever run they are of.
TEST(ReportRuns, Builds) {
  SourceFile timed = bench_on("A", "a", 1);
  SourceFile checked = bench_on("A", "b", 1);
  timed.results.accuracy.clear();
  checked.results.timings.clear();
  checked.results.accuracy[0].verdict = Verdict::failed;
  const auto fastest = [&] {
    const Results all = put_together({timed, checked});
    return !reports::Picker(all)
                .fastest(reports::operation_of(all.timings[0]), Tier::accurate)
                .tied.empty();
  };
  EXPECT_FALSE(fastest()) << "what failed in the same build is not picked";
  checked.results.accuracy[0].verdict = Verdict::passed;
  EXPECT_TRUE(fastest()) << "what passed is";
  checked.results.runs[0].revision = "other";
  EXPECT_FALSE(fastest()) << "another build promises nothing";
}

SourceFile part(std::int64_t part, std::int64_t parts, const char* whole = "verify --seed 1") {
  SourceFile file{std::to_string(part) + "of" + std::to_string(parts) + ".json", plain_results()};
  file.results.runs[0].id = file.name + whole;
  file.results.runs[0].whole = whole;
  file.results.runs[0].part = part;
  file.results.runs[0].parts = parts;
  return file;
}

void refused(const std::vector<SourceFile>& files, const std::string& what) {
  expect_fault<FileError>([&] { (void)put_together(files); }, what);
}

TEST(ReportRuns, Parts) {
  EXPECT_EQ(put_together({part(2, 3), part(1, 3), part(3, 3)}).runs.size(), 3) << "three of three";
  EXPECT_EQ(put_together({part(1, 1), part(1, 1, "verify --seed 2")}).runs.size(), 2)
      << "two wholes";
  refused({part(1, 3), part(3, 3)},
          "1of3.json: is part 1 of 3 of xent verify --seed 1 (0.1.0, abc): part 2 is missing");
  refused({part(2, 2)},
          "2of2.json: is part 2 of 2 of xent verify --seed 1 (0.1.0, abc): part 1 is");
  refused({part(1, 2), part(2, 2, "verify --seed 2")}, "seed 1 (0.1.0, abc): part 2 is missing");
  refused({part(1, 2), part(2, 3)},
          "2of3.json: is part 2 of 3 of xent verify --seed 1 (0.1.0, abc), "
          "and 1of2.json is part 1 of 2");
  refused({part(1, 1), part(1, 2), part(2, 2)}, "they are cut differently");
  SourceFile twice = part(1, 2);
  twice.name = "copy.json";
  refused({part(1, 2), part(2, 2), twice}, "copy.json: holds the run 1of2.json");
  twice.results.runs[0].id = "another run";
  refused({part(1, 2), part(2, 2), twice},
          "copy.json: is part 1 of 2 of xent verify --seed 1 (0.1.0, "
          "abc), and so is 1of2.json");
  SourceFile narrow = part(2, 2);
  narrow.results.runs[0].instruction_sets = {"SSE2"};
  refused({part(1, 2), narrow},
          "2of2.json: is part 2 of 2 of xent verify --seed 1 (0.1.0, abc), made "
          "with other instruction sets than 1of2.json");
  SourceFile changed = part(2, 2);
  changed.results.runs[0].revision = "other";
  refused({part(1, 2), changed}, "is missing");
  refused({part(1, 1), part(1, 1)}, "1of1.json: holds the run ");
}

}  // namespace
