// SPDX-License-Identifier: MIT
// The five entities that HTML and XML share.
#include "reports/text.hpp"

#include "system/utf8.hpp"

namespace xent::reports {
std::string printable(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const auto [code, bytes] = system::first_character(text);
    if (code == 0xFFFD)
      clean += "\uFFFD";
    else if (system::is_printable(code) || code == '\t' || code == '\n')
      clean += text.substr(0, bytes);
    text.remove_prefix(bytes);
  }
  return clean;
}

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : printable(text)) switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      case '\'': safe += "&#39;"; break;
      default: safe += c;
    }
  return safe;
}

}  // namespace xent::reports
