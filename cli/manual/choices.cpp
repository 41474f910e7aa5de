// SPDX-License-Identifier: MIT
// Choices: one row for each option whose values are names.
#include "cli/manual/choices.hpp"

#include <xent/implementation.hpp>

#include "cli/manual/manual.hpp"
#include "cli/options/select.hpp"

namespace xent::cli {
namespace {

/// Returns the names of the values of an enumeration.
template <class Range>
std::vector<std::string> names_of(const Range& values) {
  std::vector<std::string> names;
  for (const auto value : values) names.emplace_back(to_string(value));
  return names;
}

/// Returns the names of what the pointers point to.
template <class Range>
std::vector<std::string> names_behind(const Range& pointers) {
  std::vector<std::string> names;
  for (const auto* one : pointers) names.emplace_back(one->name);
  return names;
}

std::vector<std::string> target_names() {
  std::vector<std::string> names = names_of(cases::all_target_kinds);
  names.emplace_back("smoothed");
  return names;
}

/// Returns the names that the things have in a field.
template <class Range>
std::vector<std::string> names_in(const Range& things) {
  std::vector<std::string> names;
  for (const auto& one : things) names.emplace_back(one.name);
  return names;
}

}  // namespace

std::vector<std::string> choices_of(const std::string& option) {
  if (option == "impl") return names_behind(implementations());
  if (option == "law") return names_behind(properties::laws());
  if (option == "budget") return names_in(properties::budgets);
  if (option == "dtype" || option.ends_with("-dtype")) return names_of(all_dtypes);
  if (option == "tier") return names_of(all_tiers);
  if (option == "reduction") return names_of(all_reductions);
  if (option == "input") return names_of(all_inputs);
  if (option == "out") return names_of(all_results);
  if (option == "layout") return names_of(bench::all_layouts);
  if (option == "targets") return target_names();
  if (option == "shell") return names_in(shells);
  return {};
}

}  // namespace xent::cli
