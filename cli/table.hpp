// SPDX-License-Identifier: MIT
// Tables for a terminal: columns padded to their widest cell, two spaces between them.
#pragma once

#include <string>
#include <vector>

namespace xent::cli {

using TableRow = std::vector<std::string>;

/// The rows as text, the first one the header. Columns whose cells below the header all begin with
/// a digit, a sign or "-" stand right. No trailing spaces.
std::string table(const std::vector<TableRow>& rows);

}  // namespace xent::cli
