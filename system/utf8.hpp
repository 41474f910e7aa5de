// SPDX-License-Identifier: MIT
// UTF-8 (RFC 3629), character by character.
#pragma once

#include <cstddef>
#include <string_view>

namespace xent::system {

/// U+FFFD of one byte stands for a byte that is no UTF-8.
struct Character {
  char32_t code = 0xFFFD;
  std::size_t bytes = 1;
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text);

/// Whether the character shows: it is no control (tab and newline are controls), no control of
/// writing direction, no line or paragraph separator and no noncharacter.
bool is_printable(char32_t code);

}  // namespace xent::system
