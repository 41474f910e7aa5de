// SPDX-License-Identifier: MIT
// Option values: what is refused of the value of any option.
#include "cli/options/option_values.hpp"

#include <string>

#include <CLI/CLI.hpp>

namespace xent::cli {
namespace {

/// CLI11 puts the option's name before the fault.
std::string fault_of(const std::string& text) { return text.empty() ? "the value is empty" : ""; }

}  // namespace

void refuse_empty_values(CLI::App& verb) {
  for (CLI::Option* option : verb.get_options())
    if (option->get_expected_min() > 0 && option->get_items_expected_max() > 0)
      option->transform(CLI::Validator(fault_of, ""));  // before all checks
}

}  // namespace xent::cli
