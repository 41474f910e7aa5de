// SPDX-License-Identifier: MIT
// report.md: the document condensed, for a comment or a summary on GitHub. Folded tables and charts
// are left out; rows past a limit, and sections that would pass the size limit, are left out with a
// sentence.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "reports/document.hpp"
#include "reports/format.hpp"
#include "reports/text.hpp"
#include "reports/verdict.hpp"

namespace xent::reports::format {
namespace {

constexpr std::size_t max_bytes = 60000;  // GitHub cuts a comment at 65536 characters
constexpr std::size_t max_rows = 60;
constexpr std::size_t max_findings = 20;

/// The text on one line, with what Markdown would read as markup escaped.
std::string inline_text(std::string_view text) {
  std::string safe;
  for (const char c : escaped(text)) {
    if (std::string_view("\\`*_[]|~$#@!").find(c) != std::string_view::npos) safe += '\\';
    safe += c == '\n' || c == '\t' ? ' ' : c;
  }
  return safe;
}

/// A fenced block, its fence longer than any run of backticks in the text.
std::string fenced(std::string_view text) {
  const std::string clean = printable(text);
  std::string fence = "```";
  while (clean.find(fence) != std::string::npos) fence += '`';
  return fence + "text\n" + clean + "\n" + fence + "\n";
}

std::string cell_text(const Cell& cell) {
  std::string text = inline_text(cell.text);
  if (cell.best) text = "**" + text + "**";
  if (cell.verdict && fails(*cell.verdict)) text = "**" + text + "**";
  if (!cell.note.empty()) text += " (" + inline_text(cell.note) + ")";
  return text;
}

void append(const Table& table, std::string& out) {
  if (table.folded) return;
  fmt::format_to(std::back_inserter(out), "\n{}\n\n|", inline_text(table.caption));
  for (const Column& one : table.columns)
    fmt::format_to(std::back_inserter(out), " {} |",
                   inline_text(one.group.empty() ? one.title : one.group + ": " + one.title));
  out += "\n|";
  for (const Column& one : table.columns) out += one.number ? "--:|" : "---|";
  const std::size_t rows = std::min(max_rows, table.rows.size());
  for (std::size_t k = 0; k < rows; ++k) {
    out += "\n|";
    for (const Cell& one : table.rows[k]) out += " " + cell_text(one) + " |";
  }
  out += "\n";
  if (rows < table.rows.size())
    fmt::format_to(std::back_inserter(out), "\n{} more rows are in index.html.\n",
                   table.rows.size() - rows);
}

void append(const Finding& finding, std::string& out) {
  fmt::format_to(std::back_inserter(out), "\n**{}:** {}\n\n{}", to_string(finding.verdict),
                 inline_text(finding.title),
                 fenced(finding.command.empty() ? finding.message
                                                : finding.message + "\n$ " + finding.command));
}

void append(const Facts& facts, std::string& out) {
  if (!facts.title.empty())
    fmt::format_to(std::back_inserter(out), "\n{}\n", inline_text(facts.title));
  out += "\n";
  for (const auto& [name, value] : facts.items)
    fmt::format_to(std::back_inserter(out), "- **{}**: {}\n", inline_text(name),
                   inline_text(value));
}

void append(const Chart&, std::string&) {}

std::string section_text(const Section& section) {
  std::string out = fmt::format("{}\n", inline_text(section.text));
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
                                 inline_text(made.verdict_line));
  for (const Section& one : made.sections) {
    const std::string title = fmt::format("\n## {}\n\n", inline_text(one.title));
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
