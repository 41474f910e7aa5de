// SPDX-License-Identifier: MIT
// Blocks of the page: each appends one element of HTML. All text is escaped.
#pragma once

#include <string>
#include <string_view>

#include "reports/document.hpp"

namespace xent::reports::html {

void append(const Table& table, std::string& out);
void append(const Chart& chart, std::string& out);
void append(const Finding& finding, std::string& out);
void append(const Facts& facts, std::string& out);

/// The witness as a list of terms.
void append(const Witness& witness, std::string& out);

/// The style sheet: light and dark, screen and paper, from 320 pixels on.
std::string_view style();

}  // namespace xent::reports::html
