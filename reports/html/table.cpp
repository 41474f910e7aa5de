// SPDX-License-Identifier: MIT
// Tables of the page: captioned, with row and column headings, scrolling in a region of their own.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "reports/html/blocks.hpp"
#include "reports/text.hpp"

namespace xent::reports::html {
namespace {

bool grouped(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [](const Column& one) { return !one.group.empty(); });
}

void append_column(const Column& column, bool both_rows, std::string& out) {
  fmt::format_to(std::back_inserter(out), "<th scope=\"col\"{}{}>{}</th>",
                 both_rows ? " rowspan=\"2\"" : "", column.number ? " class=\"number\"" : "",
                 escaped(column.title));
}

/// The first of two heading rows: a cell for each run of columns of one group.
void append_groups(const Table& table, std::string& out) {
  const auto& columns = table.columns;
  for (std::size_t k = 0, next = 0; k < columns.size(); k = next) {
    for (next = k + 1; next < columns.size() && !columns[k].group.empty() &&
                       columns[next].group == columns[k].group;)
      ++next;
    if (columns[k].group.empty())
      append_column(columns[k], true, out);
    else
      fmt::format_to(std::back_inserter(out),
                     R"(<th scope="colgroup" class="group" colspan="{}">{}</th>)", next - k,
                     escaped(columns[k].group));
  }
}

void append_head(const Table& table, std::string& out) {
  out += "<thead><tr>";
  const bool two_rows = grouped(table);
  if (two_rows) {
    append_groups(table, out);
    out += "</tr>\n<tr>";
  }
  for (const Column& one : table.columns)
    if (!two_rows || !one.group.empty()) append_column(one, false, out);
  out += "</tr></thead>\n";
}

std::string classes(const Cell& cell, const Column& column) {
  std::string names;
  const auto add = [&](std::string_view name) {
    names += names.empty() ? "" : " ";
    names += name;
  };
  if (column.number) add("number");
  if (cell.verdict) add(to_string(*cell.verdict));
  if (cell.heat > 0) add("h" + std::to_string(cell.heat));
  if (cell.best) add("best");
  if (cell.dull) add("dull");
  return names.empty() ? "" : " class=\"" + names + "\"";
}

void append_cell(const Cell& cell, const Column& column, bool head, std::string& out) {
  auto to = std::back_inserter(out);
  out += (head ? "<th scope=\"row\"" : "<td") + classes(cell, column) + ">";
  const std::string text = escaped(cell.text);
  if (cell.witness != nullptr && !cell.text.empty()) {
    fmt::format_to(to, "<details><summary>{}</summary>", text);
    append(*cell.witness, out);
    out += "</details>";
  } else if (cell.best) {
    fmt::format_to(to, "<strong>{}<span class=\"unseen\"> fastest</span></strong>", text);
  } else {
    out += text;
  }
  if (!cell.note.empty()) fmt::format_to(to, "<small>{}</small>", escaped(cell.note));
  out += head ? "</th>" : "</td>";
}

void append_body(const Table& table, std::string& out) {
  out += "<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t k = 0; k < row.size(); ++k)
      append_cell(row[k], table.columns[k], k < table.heads, out);
    out += "</tr>\n";
  }
  out += "</tbody>";
}

}  // namespace

void append(const Table& table, std::string& out) {
  const std::string caption = escaped(table.caption);
  auto to = std::back_inserter(out);
  if (table.folded)
    fmt::format_to(to, "<details class=\"folded\"><summary>{}</summary>\n", caption);
  fmt::format_to(to,
                 "<div class=\"scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\">"
                 "<table><caption>{}</caption>\n",
                 caption, caption);
  append_head(table, out);
  append_body(table, out);
  out += "</table></div>\n";
  if (table.folded) out += "</details>\n";
}

}  // namespace xent::reports::html
