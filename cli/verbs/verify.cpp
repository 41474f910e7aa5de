// SPDX-License-Identifier: MIT
// xent verify: laws on drawn cases, and errors on real data, against the certified reference.

#include "properties/verify.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <xent/record.hpp>
#include <xent/validate.hpp>

#include "bench/environment.hpp"
#include "cli/findings.hpp"
#include "cli/layout.hpp"
#include "cli/options.hpp"
#include "cli/outputs.hpp"
#include "cli/progress.hpp"
#include "cli/select.hpp"
#include "cli/shard.hpp"
#include "cli/verb.hpp"
#include "properties/accuracy.hpp"
#include "properties/budget.hpp"
#include "reports/append.hpp"
#include "properties/slim.hpp"
#include "reports/format.hpp"
#include "reports/verdict.hpp"

namespace xent::cli {
namespace {

struct Options {
  std::string implementations = "*";
  std::string laws = "*";
  std::string dtype, one_case, shard, junit, json;
  std::string budget = "smoke";
  std::uint64_t seed = 1;
  bool only_accuracy = false;
  bool bands = false;
};

/// The case asked for, in the element type of the subject.
properties::RunOptions run_options(const Options& options) {
  properties::RunOptions run{.seed = options.seed, .cases = the_budget(options.budget).cases};
  if (!options.one_case.empty()) run.only = cases::parse_recipe(options.one_case);
  return run;
}

/// Told what is checked next.
using Tell = std::function<void(const std::string& what)>;

/// What is done for every subject.
struct Work {
  properties::RunOptions run;
  std::vector<const properties::Law*> laws;
  std::optional<properties::Budget> accuracy;
};

Work work_of(const Options& options) {
  Work work{.run = run_options(options), .laws = {}, .accuracy = the_budget(options.budget)};
  if (!options.only_accuracy) work.laws = select_laws(options.laws);
  if (options.laws != "*" || (work.run.only && !options.only_accuracy)) work.accuracy.reset();
  return work;
}

std::vector<AccuracyRecord> measured(const Work& work, const Subject& subject) {
  if (work.run.only) return properties::measure_accuracy(*subject.implementation, *work.run.only);
  return measure_accuracy(*subject.implementation, subject.dtype, *work.accuracy);
}

/// The laws and the errors of one subject that are this part's.
Results verify(const Work& work, const Subject& subject, Shard& shard, const Tell& tell) {
  Results found;
  for (const auto* law : work.laws) {
    if (!shard.takes_next()) continue;
    tell(fmt::format("{}: {}", to_string(subject), law->name));
    found.laws.push_back(run_law(*law, *subject.implementation, subject.dtype, work.run));
  }
  if (work.accuracy && shard.takes_next()) {
    tell(fmt::format("{}: accuracy", to_string(subject)));
    found.accuracy = measured(work, subject);
  }
  return found;
}

/// The work that all shards are parts of.
std::string whole_of(const Options& options) {
  std::string text = fmt::format("verify --impl {} --budget {} --seed {}", options.implementations,
                                 options.budget, options.seed);
  if (!options.dtype.empty()) text += " --dtype " + options.dtype;
  if (options.laws != "*") text += " --law " + options.laws;
  if (options.only_accuracy) text += " --accuracy";
  if (!options.one_case.empty()) text += " --case " + options.one_case;
  return text;
}

Provenance provenance(const Options& options, const std::string& command) {
  const Shard shard = parse_shard(options.shard);
  Provenance run = bench::environment(command, options.seed);
  run.whole = whole_of(options);
  run.part = shard.part;
  run.parts = shard.parts;
  return run;
}

/// The subjects that the work is on.
std::vector<Subject> subjects_of(const Options& options, const Work& work) {
  std::vector<Subject> all = select_subjects(options.implementations, options.dtype);
  if (work.run.only)
    std::erase_if(all, [&](const Subject& one) { return one.dtype != work.run.only->dtype; });
  return all;
}

/// Where no work was done at all, why.
void say_why_nothing(const std::vector<Subject>& subjects, const Work& work, const Shard& shard) {
  if (subjects.empty())
    say(fmt::format("The case is of {}, and nothing to be checked is.\n",
                    to_string(work.run.only->dtype)));
  else
    say(fmt::format("No work falls to part {} of {}: there are {} pieces.\n", shard.part,
                    shard.parts, shard.next));
}

Results verify_all(const Options& options, properties::Coverage& coverage) {
  Work work = work_of(options);
  work.run.coverage = &coverage;
  Shard shard = parse_shard(options.shard);
  const std::vector<Subject> subjects = subjects_of(options, work);
  const std::size_t all =
      shard.pieces(subjects.size() * (work.laws.size() + (work.accuracy ? 1 : 0)));
  std::size_t done = 0;
  Progress progress;
  Results results;
  for (const auto* law : work.laws)
    results.statements.push_back({std::string(law->name), std::string(law->statement)});
  for (const Subject& subject : subjects) {
    const Results found = verify(work, subject, shard, [&](const std::string& what) {
      progress.show("check", done++, all, what);
    });
    progress.clear();
    if (speaks(options.json)) print_findings(to_string(subject), found.laws, found.accuracy);
    reports::append(results, found);
  }
  if (speaks(options.json) && results.laws.empty() && results.accuracy.empty())
    say_why_nothing(subjects, work, shard);
  properties::slim(results.accuracy);
  return results;
}

int run(const Options& options, const std::string& command) {
  validate_environment();
  validate_long_double();  // the laws compare in long double
  Outputs out(
      {{"--json", options.json}, {"--junit", options.junit}, text_for_people(options.json)});
  properties::Coverage coverage;
  Results results = verify_all(options, coverage);
  results.runs = {provenance(options, command)};
  if (speaks(options.json) && options.bands) say(to_text(coverage.summaries()));
  if (speaks(options.json)) say(reports::verdict_line(results) + "\n");
  out.write_json("--json", results);
  if (!options.junit.empty())
    out.write_text("--junit", reports::written(*reports::find_format("junit"), results));
  out.commit();
  return reports::exit_code(reports::overall(results));
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  add_implementations(app, o->implementations);
  app.add_option("--dtype", o->dtype, "f32, f64, bf16 or f16; without it, all");
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
