// SPDX-License-Identifier: MIT
// Numbers as a reader wants them.
#include "reports/number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include <xent/records/error_text.hpp>

namespace xent::reports {
namespace {

double parsed(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int exponent_of(const std::string& scientific) {
  return std::stoi(scientific.substr(scientific.find('e') + 1));
}

/// `value` has three significant digits already.
std::string plain(double value) {
  std::string scientific = fmt::format("{:.2e}", value);
  const int exponent = exponent_of(scientific);
  if (exponent < -3 || exponent > 5) return scientific;
  return fmt::format("{:.{}f}", parsed(scientific), std::max(0, 2 - exponent));
}

}  // namespace

std::string three_digits(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value == 0 ? "0" : plain(value);
}

std::string three_digits_up(double value) { return three_digits(decimal_up(value, 3)); }

std::string measured_up(std::optional<double> value) {
  return value ? three_digits_up(*value) : "–";
}

std::optional<double> larger(std::optional<double> a, std::optional<double> b) {
  if (a && std::isnan(*a)) return a;
  if (b && std::isnan(*b)) return b;
  return std::max(a, b);
}

std::string percent(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return "-";
  if (part == whole) return "100";
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  return fmt::format("{:.2f}", std::floor(share * 1e4) / 100);
}

}  // namespace xent::reports
