// SPDX-License-Identifier: MIT
// Error / contract as a table: the worst of each cell, broken contracts and dull cells marked, each
// with its witness.
#include "reports/ratio_table.hpp"

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "reports/document.hpp"
#include "reports/sections.hpp"
#include "tests/reports/results_fixture.hpp"

namespace {

using namespace xent;
using namespace xent::tests;
using reports::Cell;
using reports::Table;

AccuracyRecord record(std::int64_t classes, double ratio, const char* source = "normal") {
  AccuracyRecord made = accuracy("simd", "accurate", ratio);
  made.source = source;
  made.cases = {
      {"labels", classes, 600, ratio,
       "f32/" + made.source + "/600x" + std::to_string(classes) + "/labels/none/seed=0 (row 17)"}};
  made.errors.ratio_witness = {
      "f32/" + made.source + "/600x" + std::to_string(classes) + "/labels/none/seed=0",
      17,
      -1,
      "",
      "",
      0,
      "xent verify"};
  return made;
}

/// The cells of the only row; the first is the head.
std::vector<Cell> cells_of(const std::vector<AccuracyRecord>& records) {
  reports::RatioTable table({"f32"});
  table.add({"head"});
  for (const AccuracyRecord& one : records)
    for (const JudgedCase& judged : one.cases) table.add({"head"}, one, judged);
  const Table made = table.table("caption", {{"family"}});
  EXPECT_TRUE(made.rows.size() == 1 && made.columns.size() == 6) << "one row, four sizes";
  return made.rows.at(0);
}

TEST(RatioTable, Sizes) {
  const auto cells = cells_of({record(2, 0.5), record(1000, 0.25), record(6625, 0.125)});
  EXPECT_TRUE(cells[0].text == "head" && cells[1].text == "0.500") << "the head, then C = 2";
  EXPECT_TRUE(cells[2].text == "–" && cells[4].text == "–")
      << "nothing was measured of 10 and 50257";
  EXPECT_TRUE(cells[3].text == "0.250" && cells[3].note.empty()) << "the larger of 1000 and 6625";
  const auto others = cells_of({record(1, 0.5), record(6625, 0.125), record(50258, 0.75)});
  EXPECT_TRUE(others[1].note == "C = 1" && others[3].note == "C = 6625" &&
              others[4].note == "C = 50258")
      << "other sizes are noted";
  EXPECT_EQ(others[5].text, "f32/normal/600x50258/labels/none/seed=0 (row 17)")
      << "where the largest is";
  AccuracyRecord bare = record(2, 0.5);
  bare.cases[0].place.clear();
  EXPECT_EQ(cells_of({bare})[5].text, place_of(bare.errors.ratio_witness))
      << "where the record's witness is of the case";
  bare.errors.ratio_witness = {};
  const auto without = cells_of({bare});
  EXPECT_TRUE(without[5].text == "f32/normal" && without[5].note == "C = 2, labels")
      << "the case, where no witness was kept";
}

TEST(RatioTable, WorstOfACell) {
  std::vector<AccuracyRecord> records = {record(2, 0.5, "a"), record(2, 0.75, "b"),
                                         record(2, 0.25, "c")};
  auto cells = cells_of(records);
  EXPECT_TRUE(cells[1].text == "0.750" && cells[1].witness == nullptr) << "the largest of three";
  EXPECT_EQ(cells[5].text, "f32/b/600x2/labels/none/seed=0 (row 17)") << "its witness";
  records.push_back(record(2, std::numeric_limits<double>::quiet_NaN(), "d"));
  records.push_back(record(2, 2, "e"));
  cells = cells_of(records);
  EXPECT_TRUE(cells[1].text == "nan" && cells[1].witness->case_id.starts_with("f32/d"))
      << "NaN is the worst";
  records.back().cases.clear();
  records.erase(records.begin(), records.end() - 1);
  EXPECT_TRUE(cells_of(records)[1].text == "–" && cells_of(records)[5].text == "–")
      << "what is skipped";
}

TEST(RatioTable, Marks) {
  const auto is = [](double ratio, bool failed, bool dull) {
    const Cell cell = cells_of({record(2, ratio)})[1];
    EXPECT_TRUE((cell.verdict == Verdict::failed) == failed && cell.dull == dull)
        << std::to_string(ratio) + " is marked " + cell.text;
  };
  is(0, false, true);
  is(0.0499, false, true);
  is(0.05, false, false);
  is(1, false, false);
  is(1.0001, true, false);
  is(std::numeric_limits<double>::infinity(), true, false);
  is(std::numeric_limits<double>::quiet_NaN(), true, false);
}

/// A summary, and of each implementation a table of each kind of result.
TEST(RatioTable, Section) {
  Results results;
  for (const char* quantity : {"loss", "grad"})
    for (const char* targets : {"labels", "probs", "labels+weight"}) {
      results.accuracy.push_back(record(2, 0.5));
      results.accuracy.back().quantity = quantity;
      results.accuracy.back().cases[0].targets = targets;
    }
  results.accuracy.push_back(record(10, 1.5));
  EXPECT_EQ(reports::sections::contracts(results).blocks.size(), 1) << "the page has a summary";
  const reports::Section made = reports::sections::contracts_by_family(results);
  EXPECT_EQ(made.blocks.size(), 5) << "contracts.md has a summary and four tables";
  const auto& summary = std::get<Table>(made.blocks.at(0));
  EXPECT_TRUE(summary.rows.size() == 4 && !summary.folded &&
              std::get<Table>(made.blocks.at(1)).folded)
      << "one row for each kind of result";
  EXPECT_TRUE(summary.rows[0][1].text == "loss, labels" && summary.rows[3][3].text == "–")
      << "by kind";
  EXPECT_TRUE(
      holds(document("contracts", results), "| simd | loss, labels | 0.500 | **1.50** | – |"))
      << "contracts.md marks what is broken";
  EXPECT_TRUE(
      holds(document("html", results), "<td class=\"number failed\"><details><summary>1.50<"))
      << "so does the page";
  results.accuracy.back() = record(10, 0.01);
  EXPECT_TRUE(holds(document("contracts", results), " | *0.0100* |") &&
              holds(document("html", results), "<td class=\"number dull\">"))
      << "both mark what is dull";
}

}  // namespace
