// SPDX-License-Identifier: MIT
#include "system/names.hpp"

#include <cstdio>

#include "system/utf8.hpp"

namespace xent::system {
namespace {

constexpr std::string_view begin_escaped = "$'";

/// Whether the first character, of so many bytes, is UTF-8 and shows. A U+FFFD that is written out
/// does; a byte that stands for none is one byte long.
bool shows(const Character& character) {
  return is_printable(character.code) && !(character.code == 0xFFFD && character.bytes == 1);
}

bool is_printable_text(std::string_view text) {
  while (!text.empty()) {
    const Character character = first_character(text);
    if (!shows(character)) return false;
    text.remove_prefix(character.bytes);
  }
  return true;
}

/// Whether no shell sees more in the word than its characters.
bool is_plain(std::string_view word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./:,@%=";
  return !word.empty() && word.front() != '=' &&
         word.find_first_not_of(plain) == std::string_view::npos;
}

std::string quoted(std::string_view word) {
  std::string text = "'";
  for (const char c : word) {
    if (c == '\'')
      text += R"('\'')";
    else
      text += c;
  }
  return text + "'";
}

void append_octal(std::string_view bytes, std::string& text) {
  for (const char c : bytes) {
    char octal[5];
    (void)std::snprintf(octal, sizeof octal, "\\%03o", static_cast<unsigned char>(c));
    text += octal;
  }
}

std::string escaped(std::string_view word) {
  std::string text(begin_escaped);
  while (!word.empty()) {
    const Character character = first_character(word);
    const std::string_view bytes = word.substr(0, character.bytes);
    if (bytes == "\n")
      text += "\\n";
    else if (bytes == "\\" || bytes == "'")
      text.append("\\").append(bytes);
    else if (shows(character))
      text += bytes;
    else
      append_octal(bytes, text);
    word.remove_prefix(bytes.size());
  }
  return text + "'";
}

}  // namespace

std::string shell_word(std::string_view word) {
  if (is_plain(word)) return std::string(word);
  return is_printable_text(word) ? quoted(word) : escaped(word);
}

std::string name_text(std::string_view name) {
  if (is_printable_text(name) && !name.starts_with(begin_escaped)) return std::string(name);
  return escaped(name);
}

}  // namespace xent::system
