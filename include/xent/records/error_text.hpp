// SPDX-License-Identifier: MIT
// Writes errors as text with few digits, never less than the error and never on the wrong side of a
// limit.
#pragma once

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

namespace xent {

/// Returns `value` rounded up to so many significant decimal digits; infinities and NaN stay.
inline double decimal_up(double value, int digits) {
  const auto nearest = [digits](double number) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.*e", digits - 1, number);
    return std::strtod(text.data(), nullptr);
  };
  const double decimal = nearest(value);
  if (!(decimal < value)) return decimal;
  return nearest(decimal + std::pow(10.0, std::floor(std::log10(std::fabs(decimal))) - digits + 1));
}

/// Returns `value` as text with so many significant digits, rounded up: "1.001" for 1.0000003 and 4
/// digits; also "0", "inf" and "nan".
inline std::string error_text(double value, int digits = 4) {
  if (std::isnan(value)) return "nan";
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.*g", digits, decimal_up(value, digits));
  return text.data();
}

/// Returns the same with as many digits as the text needs to be on the side of `limit` on which
/// `value` is: an error that passes is never printed above its limit.
inline std::string error_text_beside(double value, double limit) {
  std::string text;
  for (int digits = 4; digits <= std::numeric_limits<double>::max_digits10; ++digits) {
    text = error_text(value, digits);
    if ((std::strtod(text.c_str(), nullptr) > limit) == (value > limit)) break;
  }
  return text;
}

}  // namespace xent
