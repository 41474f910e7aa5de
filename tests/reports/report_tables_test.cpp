// SPDX-License-Identifier: MIT
// results.csv and junit.xml: read back by strict readers, whatever the records hold.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "reports/records/verdict.hpp"
#include "tests/reports/markup.hpp"
#include "tests/reports/results_fixture.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

/// RFC 4180; a fault gives no rows.
std::vector<std::vector<std::string>> read_csv(std::string_view text) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool quoted = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    std::string& field = rows.back().back();
    if (quoted && text.substr(k, 2) == "\"\"")
      field += text[k++];
    else if (text[k] == '"' && (quoted || field.empty()))
      quoted = !quoted;
    else if (!quoted && text[k] == ',')
      rows.back().emplace_back();
    else if (!quoted && text.substr(k, 2) == "\r\n" && ++k != 0)
      rows.push_back({""});
    else if (!quoted && (text[k] == '"' || text[k] == '\n'))
      return {};
    else
      field += text[k];
  }
  rows.pop_back();
  return rows;
}

TEST(ReportTables, Table) {
  for (const Results& results : all_results()) {
    const auto rows = read_csv(document("csv", results));
    EXPECT_FALSE(rows.empty()) << "results.csv is read back";
    const auto doubts = std::count_if(results.timings.begin(), results.timings.end(),
                                      [](const auto& one) { return !one.unreliable.empty(); });
    const auto ratios = std::count_if(results.laws.begin(), results.laws.end(),
                                      [](const auto& one) { return one.ratio.has_value(); });
    const std::size_t lines = 1 + static_cast<std::size_t>(doubts + ratios) +
                              3 * results.laws.size() + 25 * results.accuracy.size() +
                              9 * results.timings.size() + 3 * results.roofs.size();
    EXPECT_EQ(rows.size(), lines) << "a line for each number";
    for (const auto& row : rows) EXPECT_EQ(row.size(), 18) << "eighteen columns";
  }
  const auto rows = read_csv(document("csv", nasty_results(0.1)));
  EXPECT_EQ(rows.at(1).at(2), nasty_printable) << "text is kept, but for control characters";
  using Line = std::vector<std::string>;
  const auto plain = read_csv(document("csv", plain_results()));
  for (const Line& line : {Line{"timing", "0", "simd", "f32", "", "labels", "false", "", "128",
                                "1000", "1", "rows", "1", "L2", "", "", "roof_multiple", "2.4"},
                           Line{"roof", "0", "", "f32", "", "", "", "", "128", "1000", "", "", "1",
                                "L2", "max_x4", "read", "gigabytes_per_second", "30.25"}})
    EXPECT_NE(std::find(plain.begin(), plain.end(), line), plain.end()) << "a line in full";
}

TEST(ReportTables, Cases) {
  for (const Results& results : all_results()) {
    const std::string text = document("junit", results);
    const Markup xml = read_markup(text);
    EXPECT_TRUE(xml.fault.empty()) << "junit.xml is well-formed: " + xml.fault;
    const auto count = [&](const char* name) {
      return xml.elements.contains(name) ? static_cast<std::size_t>(xml.elements.at(name)) : 0;
    };
    EXPECT_EQ(count("testcase"), results.laws.size() + results.accuracy.size()) << "a case each";
    const reports::Tally laws = reports::tally(results.laws);
    const reports::Tally accuracy = reports::tally(results.accuracy);
    const auto failed = laws.failed + accuracy.failed + laws.undecided + accuracy.undecided;
    EXPECT_EQ(count("failure"), static_cast<std::size_t>(failed)) << "a failure each";
    EXPECT_TRUE(std::none_of(text.begin(), text.end(), [](char c) {
      return c >= 0 && c < ' ' && c != '\n' && c != '\t';
    })) << "no control characters";
  }
  EXPECT_TRUE(holds(document("junit", plain_results()),
                    R"(<testcase classname="simd.f32" name="ties" time="0.250"/>)"))
      << "a test case in full";
  Results undecided = plain_results();
  undecided.laws[0].verdict = Verdict::undecided;
  const std::string text = document("junit", undecided);
  EXPECT_TRUE(
      holds(text, R"(<failure type="undecided" message="the reason">)") &&
      holds(
          text,
          R"(<testsuite name="laws" tests="2" failures="1" errors="0" skipped="1" time="0.500">)"))
      << "an undecided check is a failure of its own type";
}

}  // namespace
