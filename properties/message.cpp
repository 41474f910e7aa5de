// SPDX-License-Identifier: MIT
// The text of a failure.

#include "properties/message.hpp"

#include <cmath>

#include <fmt/format.h>

namespace xent::properties {

template <class T>
std::string show(T value) {
  return std::isnan(value) ? "nan" : fmt::format("{} ({:a})", value, value);
}
template std::string show(float);
template std::string show(double);

template <class T>
std::string show_within(T value, long double tolerance) {
  return fmt::format("{} within {:.3g}", show(value), tolerance);
}
template std::string show_within(float, long double);
template std::string show_within(double, long double);

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
