// SPDX-License-Identifier: MIT
// Ranges of numbers on the command line, in words that a person can read.
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace xent::cli {

/// Whether the whole text is a number of that type, which it becomes. Hexadecimal digits, spaces
/// and what does not fit (1e-400 too) are none.
template <class Number>
bool is_number(std::string_view text, Number& number) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  const auto [after, fault] = std::from_chars(text.data(), end, number);
  return fault == std::errc() && after == end;
}

/// Tells whether CLI11 would read the digits as octal: "010" as 8.
inline bool is_octal(std::string_view text) {
  text.remove_prefix(text.starts_with('+') || text.starts_with('-') ? 1 : 0);
  return text.size() > 1 && text.starts_with('0');
}

/// The validator refuses each text of an option that is no such integer: "'0' is not an integer
/// from 1 to 1024".
template <std::integral Number>
CLI::Validator integer_from(Number least, Number most) {
  return {[=](const std::string& text) {
            Number number = 0;
            if (is_number(text, number) && !is_octal(text) && least <= number && number <= most)
              return std::string();
            return fmt::format("'{}' is not an integer from {} to {}", text, least, most);
          },
          ""};
}

/// The validator refuses each text of an option that is no such number: "'2' is not a number from 0
/// to 1", or "of at least 0".
inline CLI::Validator number_from(double least,
                                  double most = std::numeric_limits<double>::infinity()) {
  return {[=](const std::string& text) {
            double number = 0;
            if (is_number(text, number) && least <= number && number <= most) return std::string();
            return std::isfinite(most)
                       ? fmt::format("'{}' is not a number from {} to {}", text, least, most)
                       : fmt::format("'{}' is not a number of at least {}", text, least);
          },
          ""};
}

/// The validator refuses each text of an option that is no such number: "'-1' is not a number above
/// 0".
inline CLI::Validator number_above_zero() {
  return {[](const std::string& text) {
            double number = 0;
            if (is_number(text, number) && std::isfinite(number) && number > 0)
              return std::string();
            return fmt::format("'{}' is not a number above 0", text);
          },
          ""};
}

}  // namespace xent::cli
