// SPDX-License-Identifier: MIT
// What the options of `xent verify` ask for.

#include "cli/verbs/verify/verify_options.hpp"

#include <fmt/format.h>

#include "cli/options/select.hpp"
#include "cli/places.hpp"
#include "cli/verbs/verify/shard.hpp"
#include "system/names.hpp"

namespace xent::cli {

Verification work_of(const VerifyOptions& options) {
  Verification work{.subjects = select_subjects(options.implementations, options.dtype),
                    .laws = {},
                    .run = {.seed = options.seed, .cases = the_budget(options.budget).cases},
                    .accuracy = the_budget(options.budget),
                    .shard = parse_shard(options.shard),
                    .speaks = speaks(options.json),
                    .verbose = options.verbose};
  if (!options.one_case.empty()) work.run.only = cases::parse_recipe(options.one_case);
  if (!options.only_accuracy) work.laws = select_laws(options.laws);
  if (options.laws != "*" || (work.run.only && !options.only_accuracy)) work.accuracy.reset();
  if (work.run.only && options.laws == "*")  // else run_law says that a table takes no case
    std::erase_if(work.laws, [](const properties::Law* law) { return law->is_table(); });
  if (work.run.only)
    std::erase_if(work.subjects,
                  [&](const Subject& one) { return one.dtype != work.run.only->dtype; });
  return work;
}

std::string whole_of(const VerifyOptions& options) {
  std::string text;
  const auto append = [&](const char* option, const std::string& value) {
    text += fmt::format(" {} {}", option, system::shell_word(value));
  };
  for (const std::string& file : options.plugins) append("--plugin", file);
  append("--impl", options.implementations);
  append("--budget", options.budget);
  append("--seed", std::to_string(options.seed));
  if (!options.dtype.empty()) append("--dtype", options.dtype);
  if (options.laws != "*") append("--law", options.laws);
  if (options.only_accuracy) text += " --accuracy";
  if (!options.one_case.empty()) append("--case", options.one_case);
  return "verify" + text;
}

}  // namespace xent::cli
