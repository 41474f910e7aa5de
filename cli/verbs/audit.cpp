// SPDX-License-Identifier: MIT
// xent audit: results computed by anything, judged against the certified reference.

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <xent/validate.hpp>

#include "cli/layout.hpp"
#include "cli/options/select.hpp"
#include "cli/options/thread_option.hpp"
#include "cli/outputs.hpp"
#include "cli/problem/checked_options.hpp"
#include "cli/verb.hpp"
#include "cli/verbs/audit/audit_options.hpp"
#include "cli/verbs/audit/audit_report.hpp"
#include "cli/verbs/audit/audited.hpp"
#include "cli/verbs/audit/explained.hpp"
#include "cli/verbs/audit/judged.hpp"
#include "cli/verbs/audit/self_test/self_test.hpp"
#include "system/mapping.hpp"
#include "system/names.hpp"

namespace xent::cli {
namespace {

Places inputs_of(const AuditOptions& options) {
  Places all = places_of(options.problem);
  all.push_back({"--loss", options.results.loss, ""});
  all.push_back({"--grad", options.results.grad, ""});
  all.push_back({"--lse", options.results.lse, ""});
  all.push_back({"--log-softmax", options.results.log_softmax, ""});
  return all;
}

/// Tells whether the log-softmax is the only result that is not right.
bool only_log_softmax_is_wrong(const Audit& found) {
  return std::ranges::all_of(found.quantities, [](const AuditedQuantity& one) {
    return one.name == "log_softmax" || grade_of(one) < Grade::suspect;
  });
}

Audited of_log_softmax(const Audited& audited) {
  Audited alone;
  alone.log_softmax = audited.log_softmax;
  return alone;
}

Audit audit(const AuditOptions& options, const std::string& command) {
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
    found.explanation =
        explained(files, only_log_softmax_is_wrong(found) ? of_log_softmax(audited) : audited,
                  threads_of(options.threads));
  return found;
}

/// Tells what audit says of results that xent makes itself.
int run_self_test(const AuditOptions& options) {
  const std::vector<SelfTestLine> lines = self_test(threads_of(options.threads));
  say(to_text(lines));
  const bool passed =
      std::all_of(lines.begin(), lines.end(), [](const SelfTestLine& one) { return one.passed(); });
  return passed ? exit_done : exit_check_failed;
}

/// Throws UsageError where options do not go together or a name among them is not known.
void check(const AuditOptions& options) {
  const AuditedPlaces& results = options.results;
  const bool of_softmax = !results.lse.empty() || !results.log_softmax.empty();
  if (results.loss.empty() && results.grad.empty() && !of_softmax)
    throw UsageError("give --loss, --grad, --lse or --log-softmax");
  if (of_softmax) require_input_of_logits(options.problem, "--lse and --log-softmax");
  demanded_tier(options.tier);
  require_dtypes({options.ulp_of, results.loss_dtype, results.grad_dtype});
}

int run(const AuditOptions& options, const std::string& command) {
  check(options);
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
  const auto o = std::make_shared<AuditOptions>();
  add_audit_options(app, *o);
  return [o, &app](const std::string& command) {
    if (!o->self_test) return run(*o, command);
    require_self_test_alone(app);
    return run_self_test(*o);
  };
}

}  // namespace

extern const Verb verb_audit{
    .name = "audit",
    .summary = "Judges losses and gradients computed by anything",
    .example = "xent audit --logits logits.npy --labels labels.npy --loss loss.npy",
    .define = define,
};

}  // namespace xent::cli
