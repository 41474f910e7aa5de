// SPDX-License-Identifier: MIT
// The text of a failure.

#include "properties/message.hpp"

#include <cmath>

#include <fmt/format.h>

namespace xent::properties {

std::string show(float value) {
  return std::isnan(value) ? "nan" : fmt::format("{} ({:a})", value, value);
}
std::string show(double value) {
  return std::isnan(value) ? "nan" : fmt::format("{} ({:a})", value, value);
}

std::string show_within(float value, long double tolerance) {
  return fmt::format("{} within {:.3g}", show(value), tolerance);
}
std::string show_within(double value, long double tolerance) {
  return fmt::format("{} within {:.3g}", show(value), tolerance);
}

std::string repeat_command(const Site& site) {
  std::string command = fmt::format("xent verify --impl {} --dtype {} --law {}",
                                    site.implementation, to_string(site.dtype), site.law);
  if (site.recipe) command += fmt::format(" --case '{}'", to_string(*site.recipe));
  return command;
}

std::string describe(const Site& site, const Violation& violation) {
  std::string text = fmt::format("{} does not hold for {} {}", site.law, site.implementation,
                                 to_string(site.dtype));
  if (!site.instruction_set.empty()) text += " on " + site.instruction_set;
  if (site.recipe) text += ", case " + to_string(*site.recipe);
  if (!violation.input.empty()) text += ", " + violation.input;
  text += violation.row < 0 ? ", reduced loss" : fmt::format(", row {}", violation.row);
  if (violation.column >= 0) text += fmt::format(", column {}", violation.column);
  return fmt::format("{}: got {}, expected {}; repeat: {}", text, violation.got, violation.expected,
                     repeat_command(site));
}

}  // namespace xent::properties
