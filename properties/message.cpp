// SPDX-License-Identifier: MIT
// The text of a failure.

#include "properties/message.hpp"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include <xent/implementation.hpp>
#include <xent/records/error_text.hpp>

#include "system/names.hpp"

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

std::string show_exact(const std::string& decimal) {
  char* end = nullptr;
  const double nearest = std::strtod(decimal.c_str(), &end);
  const bool number = !decimal.empty() && *end == '\0' && std::isfinite(nearest);
  return number ? fmt::format("{} ({:a})", decimal, nearest) : decimal;
}

std::string error_beside_bound(std::optional<double> ulp, std::optional<double> ratio) {
  std::string text = ulp ? error_text(*ulp) + " ulp off" : "";
  if (!ratio) return text;
  if (!text.empty()) text += ", ";
  const bool known = ulp && std::isfinite(*ulp) && std::isfinite(*ratio);
  const std::string times = error_text(*ratio) + " times";
  return text + (known ? fmt::format("the bound is {:.4g} ulp ({})", *ulp / *ratio, times)
                       : times + " its bound");
}

std::string repeat_command(const Site& site) {
  std::string command = "xent verify";
  if (const Implementation* found = find_implementation(site.implementation);
      found != nullptr && !found->plugin.empty())
    command += " --plugin " + system::shell_word(std::string(found->plugin));
  command += fmt::format(" --impl {} --dtype {} --law {}", site.implementation,
                         to_string(site.dtype), site.law);
  if (site.recipe) command += " --case " + system::shell_word(to_string(*site.recipe));
  return command;
}

namespace {

std::string broken_at(const Site& site) {
  std::string text = fmt::format("{} does not hold for {} {}", site.law, site.implementation,
                                 to_string(site.dtype));
  if (!site.instruction_set.empty()) text += " on " + site.instruction_set;
  return site.recipe ? text + ", case " + to_string(*site.recipe) : text;
}

}  // namespace

std::string describe(const Site& site, std::string_view deed) {
  return fmt::format("{}: {}", broken_at(site), deed);
}

std::string describe(const Site& site, const Violation& violation) {
  std::string text = broken_at(site);
  if (!violation.input.empty()) text += ", " + violation.input;
  text += violation.row < 0 ? ", reduced loss" : fmt::format(", row {}", violation.row);
  if (violation.column >= 0) text += fmt::format(", column {}", violation.column);
  const std::string error = error_beside_bound(violation.ulp, violation.ratio);
  return fmt::format("{}: got {}, expected {}{}{}", text, violation.got, violation.expected,
                     error.empty() ? "" : ", ", error);
}

}  // namespace xent::properties
