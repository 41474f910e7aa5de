// SPDX-License-Identifier: MIT
// xent verify: laws on drawn cases, and errors on real data, against the certified reference.

#include "properties/verify.hpp"

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <xent/implementation.hpp>
#include <xent/record.hpp>
#include <xent/validate.hpp>

#include "bench/environment.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/select.hpp"
#include "cli/shard.hpp"
#include "cli/table.hpp"
#include "cli/verb.hpp"
#include "properties/accuracy.hpp"
#include "properties/budget.hpp"
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
};

struct Subject {
  const Implementation* implementation;
  DType dtype;
};

std::vector<Subject> subjects(const Options& options) {
  std::vector<Subject> all;
  for (const auto* implementation : select_implementations(options.implementations))
    for (const DType dtype : all_dtypes)
      if (options.dtype.empty() || dtype == the_dtype(options.dtype))
        all.push_back({implementation, dtype});
  return all;
}

const properties::Budget& the_budget(const std::string& name) {
  const auto* budget = properties::find_budget(name);
  if (budget == nullptr)
    throw UsageError(fmt::format("unknown budget '{}'; there are smoke, ci, full", name));
  return *budget;
}

/// The case asked for, in the element type of the subject.
properties::RunOptions run_options(const Options& options) {
  properties::RunOptions run{.seed = options.seed, .cases = the_budget(options.budget).cases};
  if (!options.one_case.empty()) run.only = cases::parse_recipe(options.one_case);
  return run;
}

void print_law(const LawRecord& law) {
  fmt::print("{:<10} {} {} {}",
             law.verdict == Verdict::skipped ? "unclaimed" : to_string(law.verdict), law.law,
             law.implementation, law.dtype);
  if (law.cases > 0) fmt::print(" ({} cases, {:.2f} s)", law.cases, law.seconds);
  fmt::print("{}{}\n", law.message.empty() ? "" : ": ", law.message);
  if (law.verdict == Verdict::failed) fmt::print("  repeat: {}\n", law.command);
}

void print_accuracy(const AccuracyRecord& record) {
  fmt::print("{:<10} {} {} {} on {} ({})",
             record.verdict == Verdict::skipped ? "outside" : to_string(record.verdict),
             record.implementation, record.dtype, record.quantity, record.source, record.targets);
  if (!record.instruction_set.empty()) fmt::print(" {}", record.instruction_set);
  const ErrorStats& errors = record.errors;
  if (errors.count > 0)
    fmt::print(
        ": max {:.4g} ulp, {:.1f} % correctly rounded, {:.3f} of the contract", errors.max_ulp,
        100.0 * static_cast<double>(errors.correctly_rounded) / static_cast<double>(errors.count),
        errors.max_ratio);
  fmt::print("\n");
  if (record.verdict != Verdict::failed) return;
  const Witness& w = errors.max_ratio > 1 ? errors.ratio_witness : errors.max_witness;
  fmt::print("  {} row {} column {}: got {}, expected {}\n  repeat: {}\n", w.case_id, w.row,
             w.column, w.got, w.expected, w.command);
}

/// Runs what the shard holds, in a fixed order.
Results verify(const Options& options, const std::vector<Subject>& all, bool with_data) {
  const properties::RunOptions run = run_options(options);
  const auto laws = options.only_accuracy ? std::vector<const properties::Law*>{}
                                          : select_laws(options.laws);
  Shard shard = parse_shard(options.shard);
  Progress progress;
  Results results;
  for (const auto& [implementation, dtype] : all) {
    if (run.only && run.only->dtype != dtype) continue;
    for (const auto* law : laws) {
      if (!shard.takes_next()) continue;
      progress.show(fmt::format("{} {} {}", implementation->name, to_string(dtype), law->name));
      results.laws.push_back(run_law(*law, *implementation, dtype, run));
      progress.clear();
      if (speaks(options.json)) print_law(results.laws.back());
    }
    if (!with_data || !shard.takes_next()) continue;
    progress.show(fmt::format("{} {} accuracy", implementation->name, to_string(dtype)));
    const auto found = measure_accuracy(*implementation, dtype, the_budget(options.budget));
    progress.clear();
    for (const AccuracyRecord& record : found) {
      if (speaks(options.json)) print_accuracy(record);
      results.accuracy.push_back(record);
    }
  }
  return results;
}

int run(const Options& options) {
  validate_environment();
  const auto all = subjects(options);
  Results results = verify(options, all, options.laws == "*" && options.one_case.empty());
  results.runs = {bench::environment(
      fmt::format("xent verify --impl '{}'{}{} --budget {} --seed {}", options.implementations,
                  options.dtype.empty() ? "" : " --dtype ", options.dtype, options.budget,
                  options.seed),
      options.seed)};
  if (speaks(options.json)) fmt::print("{}\n", reports::verdict_line(results));
  if (!options.json.empty()) write_json(options.json, results);
  if (!options.junit.empty())
    write_text(options.junit, reports::written(*reports::find_format("junit"), results));
  const Verdict verdict = reports::overall(results);
  return verdict == Verdict::passed || verdict == Verdict::skipped ? exit_done : exit_check_failed;
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  app.add_option("--impl", o->implementations, "Implementations: a name, or a pattern with * and ?")
      ->capture_default_str()
      ->type_name("GLOB");
  app.add_option("--dtype", o->dtype, "f32 or f64; without it, both");
  app.add_option("--law", o->laws, "Only these laws, and no data sets")
      ->capture_default_str()
      ->type_name("GLOB");
  app.add_flag("--accuracy", o->only_accuracy, "Only the errors on data sets and families, no laws")
      ->excludes(app.get_option("--law"));
  app.add_option("--budget", o->budget, "smoke (seconds), ci, or full (many minutes)")
      ->capture_default_str();
  app.add_option("--seed", o->seed, "Of the drawn cases")->capture_default_str();
  app.add_option("--case", o->one_case, "Only this case, as a failure prints it")
      ->excludes(app.get_option("--accuracy"))
      ->type_name("ID");
  app.add_option("--shard", o->shard, "Part i of n of the work, i from 1 to n")->type_name("i/n");
  app.add_option("--junit", o->junit, "Also as JUnit XML")->type_name("FILE");
  app.add_option("--json", o->json, "The records, to a file or - for standard output")
      ->type_name("FILE");
  return [o] { return run(*o); };
}

}  // namespace

extern const Verb verb_verify{
    .name = "verify",
    .summary = "Checks implementations: laws on drawn cases, certified errors on real data",
    .example = "xent verify --impl simd --dtype f32 --budget ci --json verify.json",
    .define = define,
};

}  // namespace xent::cli
