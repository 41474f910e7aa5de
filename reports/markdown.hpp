// SPDX-License-Identifier: MIT
// Parts of a document as Markdown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reports/document.hpp"

namespace xent::reports {

/// The text on one line, with what Markdown would read as markup escaped.
std::string markdown_text(std::string_view text);

/// The table under its caption, if it has one, with the first `max_rows` of its rows, and a
/// sentence for the rest.
void append_markdown(const Table& table, std::size_t max_rows, std::string& out);

}  // namespace xent::reports
