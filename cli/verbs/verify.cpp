// SPDX-License-Identifier: MIT
// xent verify: laws on drawn cases, and errors on real data, against the certified reference.

#include <memory>
#include <string>

#include <fmt/format.h>

#include <xent/records/results.hpp>
#include <xent/validate.hpp>

#include "cli/layout.hpp"
#include "cli/options/select.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/outputs.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/verify/shard.hpp"
#include "cli/verbs/verify/verification.hpp"
#include "cli/verbs/verify/verify_options.hpp"
#include "machine/environment.hpp"
#include "properties/drawing/pairs.hpp"
#include "reports/format.hpp"
#include "reports/records/verdict.hpp"
#include "system/interruption.hpp"

namespace xent::cli {
namespace {

Provenance provenance(const VerifyOptions& options, const std::string& command) {
  const Shard shard = parse_shard(options.shard);
  Provenance run = machine::environment(command, options.seed);
  run.whole = whole_of(options);
  run.part = shard.part;
  run.parts = shard.parts;
  return run;
}

/// Where no work was done at all, why.
void say_why_nothing(const Verification& work) {
  if (work.subjects.empty())
    say(fmt::format("The case is of {}, and nothing to be checked is.\n",
                    to_string(work.run.only->dtype)));
  else if (const std::size_t pieces = pieces_of(work); pieces == 1)
    say(fmt::format("No work falls to part {} of {}: there is 1 piece.\n", work.shard.part,
                    work.shard.parts));
  else
    say(fmt::format("No work falls to part {} of {}: there are {} pieces.\n", work.shard.part,
                    work.shard.parts, pieces));
}

int run(const VerifyOptions& options, const std::string& command) {
  validate_environment();
  validate_long_double();  // the laws compare in long double
  open_plugins(options.plugins);
  Outputs out(
      {{"--json", options.json}, {"--junit", options.junit}, text_for_people(options.json)});
  properties::Coverage coverage;
  Verification work = work_of(options);
  work.run.coverage = &coverage;
  const system::StopsGracefully graceful;
  auto [results, incomplete] = verify(work);
  results.runs = {provenance(options, command)};
  results.runs.front().incomplete = incomplete;
  if (work.speaks && !incomplete && results.laws.empty() && results.accuracy.empty())
    say_why_nothing(work);
  if (speaks(options.json) && options.bands) say(to_text(coverage.summaries()));
  if (speaks(options.json)) say(reports::verdict_line(results) + "\n");
  out.write_json("--json", results);
  if (!options.junit.empty())
    out.write_text("--junit", reports::written(*reports::find_format("junit"), results));
  out.commit();
  return reports::exit_code(reports::overall(results));
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<VerifyOptions>();
  add_implementations(app, o->implementations);
  add_plugins(app, o->plugins);
  app.add_option("--dtype", o->dtype, dtype_names() + "; without it, all");
  app.add_option("--law", o->laws, "Only these laws, comma-separated, and no data sets")
      ->capture_default_str()
      ->type_name("GLOBS");
  app.add_flag("--accuracy", o->only_accuracy,
               "Only the errors on data sets and families, or on one case, no laws")
      ->excludes(app.get_option("--law"));
  app.add_option("--budget", o->budget, "smoke (seconds), ci, or full (many minutes)")
      ->capture_default_str();
  add_seed(app, o->seed, "Of the drawn cases");
  app.add_option("--case", o->one_case, "Only this case, as a failure prints it")->type_name("ID");
  app.add_flag(
      "--bands", o->bands,
      "Also print how often each pair of levels of the problem was drawn, extremes included");
  app.add_flag("--verbose", o->verbose,
               "Every check that does not pass or is not claimed, not one of each cause");
  app.add_option("--shard", o->shard, "Part i of n of the work, i from 1 to n")->type_name("i/n");
  app.add_option("--junit", o->junit, "Also as JUnit XML")->type_name("FILE");
  add_json(app, o->json, "The records");
  return [o](const std::string& command) { return run(*o, command); };
}

}  // namespace

extern const Verb verb_verify{
    .name = "verify",
    .summary = "Checks implementations: laws on drawn cases, certified errors on real data",
    .example = "xent verify --impl simd --dtype f32 --budget ci --json verify.json",
    .define = define,
};

}  // namespace xent::cli
