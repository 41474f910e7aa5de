// SPDX-License-Identifier: MIT
// The self-test of audit as a table.

#include <algorithm>

#include <fmt/format.h>

#include "cli/table.hpp"
#include "cli/verbs/audit/audit_words.hpp"
#include "cli/verbs/audit/self_test/self_test.hpp"

namespace xent::cli {
namespace {

/// "temperature, T = 0.7"; of a tie all names.
std::string explained_as(const explain::Explanation& explanation) {
  std::string text;
  for (const explain::Finding& one : explanation.findings) {
    if (!text.empty()) text += " or ";
    if (one.certainty == explain::Certainty::possible) text += "possibly ";
    text += one.name;
    if (one.parameter) text += fmt::format(", {} = {:.4g}", one.symbol, *one.parameter);
  }
  return text.empty() ? "-" : text;
}

}  // namespace

std::string to_text(const std::vector<SelfTestLine>& lines) {
  std::vector<TableRow> rows = {{"made", "verdict", "explained as", ""}};
  for (const SelfTestLine& one : lines)
    rows.push_back({one.made, std::string(words_of(one.grade)), explained_as(one.explanation),
                    one.passed() ? "" : "FAILED in " + one.recipe});
  const auto passed = std::count_if(lines.begin(), lines.end(),
                                    [](const SelfTestLine& one) { return one.passed(); });
  return fmt::format("{}\n{} of {} as they should be\n", table(rows), passed, lines.size());
}

}  // namespace xent::cli
