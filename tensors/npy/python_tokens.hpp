// SPDX-License-Identifier: MIT
// PythonTokens: the text of a dictionary in Python, taken apart from its front.
#pragma once

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "tensors/npy/npy_dictionary.hpp"

namespace xent::tensors {

inline bool is_printable(char c) { return c >= ' ' && c <= '~'; }
inline bool is_digit(char c) { return '0' <= c && c <= '9'; }
inline bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/// Every fault is an InvalidNpyDictionary.
class PythonTokens {
 protected:
  explicit PythonTokens(std::string_view text) : rest_(text) {}

  [[noreturn]] static void fail(std::string_view fault) {
    throw InvalidNpyDictionary(fmt::format("the header is not that of an array: {}", fault));
  }

  /// Passes over the characters in front that are of that kind.
  void skip(bool (*is_of_kind)(char)) {
    rest_.remove_prefix(static_cast<std::size_t>(
        std::find_if_not(rest_.begin(), rest_.end(), is_of_kind) - rest_.begin()));
  }
  /// Python passes over blanks before the first line, then over empty lines; a further blank would
  /// indent the dictionary.
  void skip_front() {
    skip([](char c) { return c == ' ' || c == '\t'; });
    skip([](char c) { return c == '\n'; });
    if (!rest_.empty() && is_blank(rest_.front()))
      fail("it begins with a blank in its second line");
  }
  /// Behind the dictionary Python takes a carriage return for the end of a line only before a
  /// newline.
  void require_no_lone_return() const {
    for (std::size_t at = rest_.find('\r'); at != std::string_view::npos;
         at = rest_.find('\r', at + 1))
      if (rest_.substr(at + 1, 1) != "\n") fail("a carriage return follows its '}'");
  }
  /// Python takes blanks of a last line for an indentation where no newline ends it. (NumPy reads
  /// them before version 3, for it then reads the header again as one of Python 2.)
  void require_ended_line() const {
    const auto newline = rest_.rfind('\n');
    if (newline == std::string_view::npos || newline + 1 == rest_.size()) return;
    const std::string_view last = rest_.substr(newline + 1);
    if (std::all_of(last.begin(), last.end(), is_blank))
      fail("its last line is blank and has no end");
  }
  /// The next character that is no blank and in no comment; '\0' at the end.
  char peek() {
    skip(is_blank);
    while (rest_.starts_with('#')) {
      skip([](char c) { return is_printable(c) || c == '\t'; });
      if (!rest_.empty() && !is_blank(rest_.front())) fail("a comment is not printable");
      skip(is_blank);
    }
    return rest_.empty() ? '\0' : rest_.front();
  }
  bool accept(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!accept(c)) fail(fmt::format("'{}' is missing", c));
  }
  bool accept(std::string_view word) {
    peek();
    if (rest_.substr(0, word.size()) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  std::string_view rest_;
};

}  // namespace xent::tensors
