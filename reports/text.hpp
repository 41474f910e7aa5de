// SPDX-License-Identifier: MIT
// Text of unknown origin, made safe to print.
#pragma once

#include <string>
#include <string_view>

namespace xent::reports {

/// The text as valid UTF-8: control characters other than tab and newline, controls of writing
/// direction and noncharacters are removed, each byte that is no UTF-8 becomes U+FFFD.
std::string printable(std::string_view text);

/// printable() with & < > " ' as entities: for the text and the attributes of HTML and XML.
std::string escaped(std::string_view text);

}  // namespace xent::reports
