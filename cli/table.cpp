// SPDX-License-Identifier: MIT
// Tables for a terminal.

#include "cli/table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace xent::cli {
namespace {

struct Column {
  std::size_t width = 0;
  bool numbers = true;
};

bool is_number(const std::string& cell) {
  return cell.empty() || cell.find_first_of("0123456789-") == 0;
}

std::vector<Column> columns_of(const std::vector<TableRow>& rows) {
  std::vector<Column> columns(rows.empty() ? 0 : rows.front().size());
  for (const TableRow& row : rows)
    for (std::size_t c = 0; c < columns.size(); ++c) {
      columns[c].width = std::max(columns[c].width, row[c].size());
      if (&row != &rows.front() && !is_number(row[c])) columns[c].numbers = false;
    }
  return columns;
}

}  // namespace

std::string table(const std::vector<TableRow>& rows) {
  const auto columns = columns_of(rows);
  std::string text;
  for (const TableRow& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c != 0) line += "  ";
      const auto [width, numbers] = columns[c];
      line += numbers ? fmt::format("{:>{}}", row[c], width) : fmt::format("{:<{}}", row[c], width);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace xent::cli
