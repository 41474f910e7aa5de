// SPDX-License-Identifier: MIT
// The options of a problem that are one number.

#include "cli/options/number_options.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/options/ranges.hpp"

namespace xent::cli {

std::string name_with(std::string name, char between) {
  std::replace(name.begin(), name.end(), '_', between);
  return name;
}

void add_numbers(CLI::App& app, Options& numbers, bool of_logits_only) {
#define XENT_OPTION(name, word, least, most, help)                  \
  app.add_option("--" + name_with(#name, '-'), numbers.name,        \
                 fmt::format("{}, in [{}, {}]", help, least, most)) \
      ->check(number_from(least, most))                             \
      ->type_name("NUMBER");
  XENT_NUMBER_OPTIONS(XENT_OPTION)
#undef XENT_OPTION
  if (of_logits_only) app.remove_option(app.get_option("--clip"));
}

}  // namespace xent::cli
