// SPDX-License-Identifier: MIT
// Writes a result and its exact value as the text of a Witness.
#pragma once

#include <array>
#include <cmath>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "reference/exact.hpp"
#include "reference/judging/ruler.hpp"

namespace xent::reference {

/// Returns x to 17 significant digits, rounded to nearest.
inline std::string to_17_digits(mpfr_srcptr x) {
  std::array<char, 64> text{};
  if (mpfr_zero_p(x) != 0) return "0";  // the exact 0 has no sign
  mpfr_snprintf(text.data(), text.size(), "%.17Rg", x);
  return text.data();
}

/// Returns the exact value to 17 significant digits; both ends of its enclosure where they differ.
template <class N>
std::string exact_text(const Exact<N>& exact) {
  if (exact.special != 0)
    return std::isnan(exact.special) ? "nan" : exact.special > 0 ? "inf" : "-inf";
  const auto& value = interval_of(exact.value);
  std::string low = to_17_digits(lower(value));
  const std::string high = to_17_digits(upper(value));
  return low == high ? low : "[" + low + ", " + high + "]";
}

/// Returns a floating-point number in hexadecimal, which loses nothing.
inline std::string hex_text(double x) { return std::isnan(x) ? "nan" : fmt::format("{:a}", x); }

/// Returns the error in ulp for the witness; nothing where y is 0, or y or the result is not a
/// number.
template <class N>
std::optional<double> ulp_of_witness(const Error& error, const Exact<N>& exact) {
  if (!error.measured || is_zero(exact.value)) return std::nullopt;
  return error.hi;
}

}  // namespace xent::reference
