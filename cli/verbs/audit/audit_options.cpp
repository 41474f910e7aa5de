// SPDX-License-Identifier: MIT
// The options of audit.

#include "cli/verbs/audit/audit_options.hpp"

#include <fmt/format.h>

#include "cli/options/ranges.hpp"
#include "cli/options/select.hpp"
#include "cli/options/shared_options.hpp"
#include "cli/options/thread_option.hpp"
#include "cli/verb.hpp"

namespace xent::cli {

void add_audit_options(CLI::App& app, AuditOptions& options) {
  add_problem(app, options.problem);
  app.add_option("--loss", options.results.loss,
                 "The losses of the rows, or one number: the reduction named (mean unless told)")
      ->type_name("FILE");
  app.add_option("--grad", options.results.grad, "The gradient, of the shape of the logits")
      ->type_name("FILE");
  app.add_option("--lse", options.results.lse, "The log-sum-exp of each row")->type_name("FILE");
  app.add_option("--log-softmax", options.results.log_softmax,
                 "The log-softmax of each row, of the shape of the logits")
      ->type_name("FILE");
  app.add_option("--loss-dtype", options.results.loss_dtype,
                 "Type of the losses, the log-sum-exp and the log-softmax: what 16-bit patterns "
                 "stand for, " +
                     dtype_names(2) + "; without it, that of --logits-dtype")
      ->type_name("TYPE");
  app.add_option("--grad-dtype", options.results.grad_dtype, "The same of the gradient")
      ->type_name("TYPE");
  app.add_option(
         "--max-ulp", options.max_ulp,
         "A tighter gate: the largest error that passes, in ulp of the exact value (an ulp is "
         "the distance between neighbouring numbers of the results' type)")
      ->check(number_from(0))
      ->type_name("U");
  app.add_option(
         "--tier", options.tier,
         "A tighter gate: what results of a tier keep, accurate, faithful or correctly-rounded "
         "(xent list)")
      ->type_name("TIER");
  app.add_option("--ulp-of", options.ulp_of,
                 "Element type whose ulp is meant; without it, that of the results")
      ->type_name("TYPE");
  app.add_flag(
      "--details", options.details,
      "All measures: quantiles in ulp, errors in units of the roundoff u, backward errors");
  app.add_flag_callback(
      "--self-test",
      [&options, &app] {
        options.self_test = true;
        app.get_option("--logits")->required(false);
      },
      "Nothing is read: results that xent makes itself, right and wrong in every way that it "
      "knows, "
      "are audited, and what is said of each is told");
  add_threads(app, options.threads);
  add_json(app, options.json, "What was found");
}

std::optional<Tier> demanded_tier(const std::string& name) {
  if (name.empty()) return std::nullopt;
  const Tier tier = the_tier(name);
  if (tier < Tier::accurate)
    throw UsageError(fmt::format(
        "--tier {} demands nothing of results: accurate, faithful or correctly-rounded does",
        to_string(tier)));
  return tier;
}

void require_self_test_alone(const CLI::App& app) {
  for (const CLI::Option* one : app.get_options())
    if (one->count() > 0 && !one->check_name("--self-test") && !one->check_name("--threads"))
      throw UsageError(
          fmt::format("--self-test reads nothing: {} does not go with it", one->get_name()));
}

}  // namespace xent::cli
