// SPDX-License-Identifier: MIT
// report.md: the document condensed, for a comment or a summary on GitHub. Folded tables and charts
// are left out; rows past a limit, and sections that would pass the size limit, are left out with a
// sentence.
#include "reports/markdown.hpp"

#include <iterator>

#include <fmt/format.h>

#include "reports/document.hpp"
#include "reports/format.hpp"
#include "reports/records/verdict.hpp"
#include "reports/text.hpp"

namespace xent::reports::format {
namespace {

constexpr std::size_t max_bytes = 60000;  // GitHub cuts a comment at 65536 characters
constexpr std::size_t max_rows = 60;
constexpr std::size_t max_findings = 20;

/// A fenced block, its fence longer than any run of backticks in the text.
std::string fenced(std::string_view text) {
  const std::string clean = printable(text);
  std::string fence = "```";
  while (clean.find(fence) != std::string::npos) fence += '`';
  return fence + "text\n" + clean + "\n" + fence + "\n";
}

void append(const Table& table, std::string& out) {
  if (!table.folded) append_markdown(table, max_rows, out);
}

void append(const Finding& finding, std::string& out) {
  fmt::format_to(std::back_inserter(out), "\n**{}:** {}\n\n{}", to_string(finding.verdict),
                 markdown_text(finding.title),
                 fenced(finding.command.empty() ? finding.message
                                                : finding.message + "\n$ " + finding.command));
}

void append(const Facts& facts, std::string& out) {
  if (!facts.title.empty())
    fmt::format_to(std::back_inserter(out), "\n{}\n", markdown_text(facts.title));
  out += "\n";
  for (const auto& [name, value] : facts.items)
    fmt::format_to(std::back_inserter(out), "- **{}**: {}\n", markdown_text(name),
                   markdown_text(value));
}

void append(const Chart&, std::string&) {}

std::string section_text(const Section& section) {
  std::string out = fmt::format("{}\n", markdown_text(section.text));
  std::size_t findings = 0;
  for (const Block& block : section.blocks) {
    if (std::holds_alternative<Finding>(block) && ++findings > max_findings) continue;
    std::visit([&](const auto& one) { append(one, out); }, block);
  }
  if (findings > max_findings)
    fmt::format_to(std::back_inserter(out), "\n{} more are in index.html.\n",
                   findings - max_findings);
  return out;
}

void write_markdown(const Results& results, std::string& out) {
  const Document made = document(results);
  std::string text = fmt::format("# xent report: {}\n\n{}\n", to_string(made.verdict),
                                 markdown_text(made.verdict_line));
  for (const Section& one : made.sections) {
    const std::string title = fmt::format("\n## {}\n\n", markdown_text(one.title));
    const std::string section = section_text(one);
    const std::size_t rest = 200 * made.sections.size();  // room for the sentences still to come
    text += title;
    text += text.size() + section.size() + rest <= max_bytes
                ? section
                : "Too long for this file: see index.html.\n";
  }
  out += text;
}

}  // namespace

extern const Format markdown;
const Format markdown = {"markdown", "report.md", write_markdown};

}  // namespace xent::reports::format
