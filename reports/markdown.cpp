// SPDX-License-Identifier: MIT
// Parts of a document as Markdown.
#include "reports/markdown.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "reports/records/verdict.hpp"
#include "reports/text.hpp"

namespace xent::reports {
namespace {

std::string cell_text(const Cell& cell) {
  std::string text = markdown_text(cell.text);
  if (cell.best || (cell.verdict && fails(*cell.verdict))) text = "**" + text + "**";
  if (cell.dull) text = "*" + text + "*";
  if (!cell.note.empty()) text += " (" + markdown_text(cell.note) + ")";
  return text;
}

}  // namespace

std::string markdown_text(std::string_view text) {
  std::string safe;
  for (const char c : escaped(text)) {
    const bool entity = c == '#' && safe.ends_with('&');  // of `escaped`
    if (!entity && std::string_view("\\`*_[]|~$#@!").find(c) != std::string_view::npos)
      safe += '\\';
    safe += c == '\n' || c == '\t' ? ' ' : c;
  }
  return safe;
}

void append_markdown(const Table& table, std::size_t max_rows, std::string& out) {
  if (!table.caption.empty())
    fmt::format_to(std::back_inserter(out), "\n{}\n", markdown_text(table.caption));
  out += "\n|";
  for (const Column& one : table.columns)
    fmt::format_to(std::back_inserter(out), " {} |",
                   markdown_text(one.group.empty() ? one.title : one.group + ": " + one.title));
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

}  // namespace xent::reports
