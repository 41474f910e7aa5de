// SPDX-License-Identifier: MIT
// Tables for a terminal: columns padded to their widest cell, two spaces between them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace xent::cli {

using TableRow = std::vector<std::string>;

/// The rows as text of at most `width` columns, the first one the header. Columns whose cells below
/// the header all begin with a digit, a sign or "-" stand right. No trailing spaces. What is too
/// wide loses first the columns that say the same in every row, which stand in a line of their own
/// above; then cells are continued on further lines, at spaces; and where the longest words are too
/// wide side by side, each row becomes a block under its first cell: "header: cell; header: cell".
std::string table(const std::vector<TableRow>& rows, std::size_t width);

/// The same in told_width(), or 80 columns.
std::string table(const std::vector<TableRow>& rows);

}  // namespace xent::cli
