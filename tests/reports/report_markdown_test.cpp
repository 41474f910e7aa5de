// SPDX-License-Identifier: MIT
// report.md and contracts.md: their tables whole, no markup of the records' own; report.md short.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/reports/results_fixture.hpp"

namespace {

using namespace xent;
using namespace xent::tests;

/// Bars that separate cells: those not escaped.
std::size_t bars(std::string_view line) {
  std::size_t count = 0;
  for (std::size_t k = 0; k < line.size(); ++k) {
    if (line[k] == '\\')
      ++k;
    else if (line[k] == '|')
      ++count;
  }
  return count;
}

/// Tables are whole, and nothing of the records is markup.
void harmless(const std::string& text) {
  std::size_t before = 0;
  bool code = false;
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos;
       at = end + 1) {
    const std::string_view line = std::string_view(text).substr(at, end - at);
    if (line.starts_with("```")) code = !code;
    EXPECT_TRUE(code || !holds(line, "<script")) << "no markup outside code";
    const std::size_t now = !code && line.starts_with("|") ? bars(line) : 0;
    EXPECT_TRUE(before == 0 || now == 0 || now == before) << "rows are as long as their heading";
    before = now;
  }
  EXPECT_FALSE(code) << "code blocks end";
}

TEST(ReportMarkdown, Markdown) {
  Results many = nasty_results(1.5);
  for (int k = 0; k < 3000; ++k) {
    many.laws.push_back(law(("law" + std::to_string(k)).c_str(), nasty.c_str(), Verdict::failed));
    many.timings.push_back(timing(nasty.c_str(), "labels", k + 1, 10, 1, 1));
  }
  auto all = all_results();
  all.push_back(many);
  for (const Results& results : all) {
    const std::string text = document("markdown", results);
    EXPECT_LT(text.size(), 60000) << "report.md is short: " + std::to_string(text.size());
    harmless(text);
    harmless(document("contracts", results));
  }
  Results quoted = plain_results();
  quoted.runs[0].command = "xent verify --case 'a#b'";
  EXPECT_TRUE(holds(document("contracts", quoted), R"(--case &#39;a\#b&#39;)"))
      << "quotes of a command are read as such";
  Results threaded = plain_results();
  threaded.timings.back().threads = 2;
  const std::string text = document("markdown", threaded);
  for (const char* part :
       {"| 1000 | 128 | 0.200 (median 0.220 ± 2 %, 2.40 ×, L2) | **0.100** (median 0.110",
        "Bandwidth, non-temporal write, GB/s", "| f32 | 1 | 1000 | 128 | L2 | **20.5** |",
        "Fastest: f32, one-hot, 2 threads", "f32, one-hot, 2 threads: batch × classes"})
    EXPECT_TRUE(holds(text, part)) << part;
}

}  // namespace
