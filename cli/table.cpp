// SPDX-License-Identifier: MIT
// Tables for a terminal.

#include "cli/table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/layout.hpp"

namespace xent::cli {
namespace {

using Rows = std::vector<TableRow>;
constexpr std::size_t gap = 2;

struct Column {
  std::size_t width = 0;  // of the widest cell
  std::size_t least = 0;  // of the longest word
  bool numbers = true;
};

bool is_number(const std::string& cell) {
  return cell.empty() || cell.find_first_of("0123456789-") == 0;
}

std::vector<Column> measured(const Rows& rows) {
  std::vector<Column> columns(rows.front().size());
  for (const TableRow& row : rows)
    for (std::size_t c = 0; c < columns.size(); ++c) {
      Column& column = columns[c];
      column.width = std::max(column.width, columns_of(row[c]));
      for (const std::string& word : wrapped(row[c], 1))
        column.least = std::max(column.least, columns_of(word));
      if (&row != &rows.front() && !is_number(row[c])) column.numbers = false;
    }
  return columns;
}

std::size_t total(const std::vector<Column>& columns) {
  std::size_t sum = gap * (columns.size() - 1);
  for (const Column& one : columns) sum += one.width;
  return sum;
}

/// Takes the columns away that say the same in every row; the line that says it.
std::string common_line(Rows& rows) {
  std::string line;
  for (std::size_t c = rows.front().size(); rows.size() > 2 && c-- > 1;) {
    const auto same = [&](const TableRow& row) { return row[c] == rows[1][c]; };
    if (!std::all_of(rows.begin() + 1, rows.end(), same)) continue;
    const std::string pair = fmt::format("{}: {}", rows[0][c], rows[1][c]);
    line = line.empty() ? pair : fmt::format("{}; {}", pair, line);
    for (TableRow& row : rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(c));
  }
  return line.empty() ? line : line + "\n\n";
}

/// Makes the widest columns narrower until all fit; whether they do.
bool narrowed(std::vector<Column>& columns, std::size_t width) {
  while (total(columns) > width) {
    Column* widest = nullptr;
    for (Column& one : columns)
      if (one.width > one.least && (widest == nullptr || one.width > widest->width)) widest = &one;
    if (widest == nullptr) return false;
    --widest->width;
  }
  return true;
}

void append_row(const TableRow& row, const std::vector<Column>& columns, std::string& text) {
  std::vector<std::vector<std::string>> cells;
  std::size_t lines = 1;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    cells.push_back(wrapped(row[c], columns[c].width));
    lines = std::max(lines, cells.back().size());
  }
  for (std::size_t k = 0; k < lines; ++k) {
    std::string line;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string cell = k < cells[c].size() ? cells[c][k] : "";
      const std::string pad(columns[c].width - columns_of(cell), ' ');
      line += std::string(c == 0 ? 0 : gap, ' ') + (columns[c].numbers ? pad + cell : cell + pad);
    }
    text += line.erase(line.find_last_not_of(' ') + 1) + '\n';
  }
}

/// The row under its first cell; pairs of header and cell stay together where they fit.
void append_block(const TableRow& header, const TableRow& row, std::size_t width,
                  std::string& text) {
  text += row.front() + '\n';
  std::string line;
  const auto flush = [&] {
    if (!line.empty()) text += fitted("  " + line, width);
    line.clear();
  };
  for (std::size_t c = 1; c < row.size(); ++c) {
    if (row[c].empty()) continue;
    const std::string pair = fmt::format("{}: {};", header[c], row[c]);
    if (!line.empty() && 2 + columns_of(line) + 1 + columns_of(pair) > width) flush();
    line += (line.empty() ? "" : " ") + pair;
  }
  if (!line.empty()) line.pop_back();
  flush();
}

}  // namespace

std::string table(const std::vector<TableRow>& rows, std::size_t width) {
  if (rows.empty() || rows.front().empty()) return "";
  Rows left = rows;
  std::string text;
  std::vector<Column> columns = measured(left);
  if (total(columns) > width) {
    text = fitted(common_line(left), width);
    columns = measured(left);
  }
  const bool fits = narrowed(columns, width);
  for (const TableRow& row : left) {
    if (fits) append_row(row, columns, text);
    if (!fits && &row != &left.front()) append_block(left.front(), row, width, text);
  }
  return text;
}

std::string table(const std::vector<TableRow>& rows) {
  return table(rows, told_width().value_or(80));
}

}  // namespace xent::cli
