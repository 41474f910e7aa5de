// SPDX-License-Identifier: MIT
// xent audit: results computed by anything, judged against the certified reference.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/validate.hpp>

#include "cli/layout.hpp"
#include "cli/options/ranges.hpp"
#include "cli/options/select.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/options/thread_option.hpp"
#include "cli/outputs.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/audit/audit_report.hpp"
#include "cli/verbs/audit/audited.hpp"
#include "cli/verbs/audit/explained.hpp"
#include "cli/verbs/audit/judged.hpp"
#include "cli/verbs/audit/self_test/self_test.hpp"
#include "system/mapping.hpp"
#include "system/names.hpp"

namespace xent::cli {
namespace {

struct Options {
  ProblemOptions problem;
  AuditedPlaces results;
  std::string ulp_of, tier, json;
  std::optional<double> max_ulp;
  bool details = false;
  bool self_test = false;
  int threads = 0;
};

/// The tier that is demanded, if one is. Throws UsageError for one that demands nothing.
std::optional<Tier> demanded_tier(const std::string& name) {
  if (name.empty()) return std::nullopt;
  const Tier tier = the_tier(name);
  if (tier < Tier::accurate)
    throw UsageError(fmt::format(
        "--tier {} demands nothing of results: accurate, faithful or correctly-rounded does",
        to_string(tier)));
  return tier;
}

Places inputs_of(const Options& options) {
  Places all = places_of(options.problem);
  all.push_back({"--loss", options.results.loss, ""});
  all.push_back({"--grad", options.results.grad, ""});
  all.push_back({"--lse", options.results.lse, ""});
  return all;
}

Audit audit(const Options& options, const std::string& command) {
  const ProblemFiles files(options.problem);
  const Audited audited = read_audited(options.results, options.problem, files);
  Audit found = judged(files, audited, options.ulp_of,
                       {.case_id = system::name_text(options.problem.logits),
                        .command = command,
                        .limit = options.max_ulp.value_or(right_ulp),
                        .threads = threads_of(options.threads)});
  found.gate.max_ulp = options.max_ulp;
  found.gate.tier = demanded_tier(options.tier);
  if (grade_of(found) >= Grade::suspect)
    found.explanation = explained(files, audited, threads_of(options.threads));
  return found;
}

/// Tells what audit says of results that xent makes itself.
int run_self_test(const Options& options) {
  const std::vector<SelfTestLine> lines = self_test(threads_of(options.threads));
  say(to_text(lines));
  const bool passed =
      std::all_of(lines.begin(), lines.end(), [](const SelfTestLine& one) { return one.passed(); });
  return passed ? exit_done : exit_check_failed;
}

int run(const Options& options, const std::string& command) {
  if (options.self_test) return run_self_test(options);
  const AuditedPlaces& results = options.results;
  if (results.loss.empty() && results.grad.empty() && results.lse.empty())
    throw UsageError("give --loss, --grad or --lse");
  demanded_tier(options.tier);  // is refused before anything is read
  validate_environment();
  Outputs out({{"--json", options.json}, text_for_people(options.json)}, inputs_of(options));
  const Audit found = audit(options, command);
  system::require_unchanged();  // before anything is printed
  if (speaks(options.json)) say(to_text(found, options.details));
  out.write_json("--json", to_json(found));
  out.commit();
  return is_good(found) ? exit_done : exit_check_failed;
}

Action define(CLI::App& app) {
  const auto o = std::make_shared<Options>();
  add_problem(app, o->problem);
  app.add_option("--loss", o->results.loss,
                 "The losses of the rows, or one number: the reduction named (mean unless told)")
      ->type_name("FILE");
  app.add_option("--grad", o->results.grad, "The gradient, of the shape of the logits")
      ->type_name("FILE");
  app.add_option("--lse", o->results.lse, "The log-sum-exp of each row")->type_name("FILE");
  app.add_option("--loss-dtype", o->results.loss_dtype,
                 "Type of the losses and the log-sum-exp: what 16-bit patterns stand for, " +
                     dtype_names(2) + "; without it, that of --logits-dtype")
      ->type_name("TYPE");
  app.add_option("--grad-dtype", o->results.grad_dtype, "The same of the gradient")
      ->type_name("TYPE");
  app.add_option(
         "--max-ulp", o->max_ulp,
         "A tighter gate: the largest error that passes, in ulp of the exact value (an ulp is "
         "the distance between neighbouring numbers of the results' type)")
      ->check(number_from(0))
      ->type_name("U");
  app.add_option(
         "--tier", o->tier,
         "A tighter gate: what results of a tier keep, accurate, faithful or correctly-rounded "
         "(xent list)")
      ->type_name("TIER");
  app.add_option("--ulp-of", o->ulp_of,
                 "Element type whose ulp is meant; without it, that of the results")
      ->type_name("TYPE");
  app.add_flag(
      "--details", o->details,
      "All measures: quantiles in ulp, errors in units of the roundoff u, backward errors");
  app.add_flag_callback(
      "--self-test",
      [o, &app] {
        o->self_test = true;
        app.get_option("--logits")->required(false);
      },
      "Nothing is read: results that xent makes itself, right and wrong in every way that it "
      "knows, "
      "are audited, and what is said of each is told");
  add_threads(app, o->threads);
  add_json(app, o->json, "What was found");
  return [o](const std::string& command) { return run(*o, command); };
}

}  // namespace

extern const Verb verb_audit{
    .name = "audit",
    .summary = "Judges losses and gradients computed by anything",
    .example = "xent audit --logits logits.npy --labels labels.npy --loss loss.npy --max-ulp 3",
    .define = define,
};

}  // namespace xent::cli
