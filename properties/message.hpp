// SPDX-License-Identifier: MIT
// Messages: numbers, violations, and the command that repeats a check.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <xent/element.hpp>

#include "cases/case.hpp"
#include "properties/law.hpp"

namespace xent::properties {

/// A number in decimal and in hexadecimal, both exact: "0.1 (0x1.99999ap-4)"; one of 16 bits as a
/// float.
std::string show(float value);
std::string show(double value);

/// "0.1 (0x1.99999ap-4) within 3e-09".
std::string show_within(float value, long double tolerance);
std::string show_within(double value, long double tolerance);

/// An exact value as a Witness has it, in decimal, and the double nearest to it in hexadecimal:
/// "0.10000000000000001 (0x1.999999999999ap-4)". As it is where it is no number, or an interval.
std::string show_exact(const std::string& decimal);

/// "12.3 ulp off, the bound is 3 ulp (4.1 times)": the error, and the bound that it breaks. Both
/// are in ulp of the exact value; "" where neither is known.
std::string error_beside_bound(std::optional<double> ulp, std::optional<double> ratio);

/// What was checked, and where.
struct Site {
  std::string_view law;
  std::string_view implementation;
  DType dtype = DType::f32;
  std::string instruction_set = {};          // "" where it is not dispatched
  std::optional<cases::Recipe> recipe = {};  // none: the law's own table
};

/// The command that repeats the check of a site.
std::string repeat_command(const Site& site);

/// One line: the site, and what a kernel did there that no kernel may do.
std::string describe(const Site& site, std::string_view deed);

/// One line: the site and the violation.
std::string describe(const Site& site, const Violation& violation);

}  // namespace xent::properties
