// SPDX-License-Identifier: MIT
// Findings of verify as text.

#include "cli/verbs/verify/findings.hpp"

#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "cli/verbs/verify/failure_text.hpp"
#include "cli/verbs/verify/failures.hpp"
#include "cli/verbs/verify/measured_text.hpp"
#include "reports/groups.hpp"
#include "reports/number.hpp"
#include "reports/records/outcome.hpp"
#include "reports/records/verdict.hpp"

namespace xent::cli {
namespace {

using Records = reports::Group<AccuracyRecord>;

std::optional<double> largest(const Records& records, std::string_view quantity,
                              std::optional<double> ErrorStats::*measure) {
  std::optional<double> found;
  for (const AccuracyRecord* one : records)
    if (one->quantity == quantity) found = reports::larger(found, one->errors.*measure);
  return found;
}

/// "18 laws passed, 2 failed": what there is none of is left out.
std::string totals(const std::vector<LawRecord>& laws) {
  const reports::Tally count = reports::tally(laws);
  std::string text = fmt::format("{} law{} passed", count.passed, count.passed == 1 ? "" : "s");
  for (const auto& [number, what] :
       {std::pair(count.failed, "failed"), std::pair(count.undecided, "undecided"),
        std::pair(count.mistrusted, "mistrusted"), std::pair(count.skipped, "not claimed")})
    if (number > 0) text += fmt::format(", {} {}", number, what);
  return text;
}

std::string totals(const std::vector<AccuracyRecord>& accuracy) {
  const Records all = reports::pointers(accuracy);
  return fmt::format("error / contract {} loss, {} grad",
                     reports::measured_up(largest(all, "loss", &ErrorStats::max_ratio)),
                     reports::measured_up(largest(all, "grad", &ErrorStats::max_ratio)));
}

/// The largest errors of each element type, in both units.
std::string errors_by_type(const std::vector<AccuracyRecord>& accuracy) {
  std::string text;
  for (const Records& records :
       reports::grouped(reports::pointers(accuracy), [](const auto& one) { return one.dtype; }))
    for (const std::string_view quantity : {"loss", "grad"})
      text += fmt::format(
          "  {} {}: {} ulp of the exact value, {} of the terms\n", records.front()->dtype, quantity,
          reports::measured_up(largest(records, quantity, &ErrorStats::max_ulp)),
          reports::measured_up(largest(records, quantity, &ErrorStats::max_terms_ulp)));
  return text;
}

std::string details(const std::vector<LawRecord>& laws,
                    const std::vector<AccuracyRecord>& accuracy) {
  std::string text = errors_by_type(accuracy);
  for (const LawRecord& one : laws)
    if (one.verdict == Verdict::skipped)
      text += fmt::format("  {} {}: {}: {}\n", one.dtype, one.law,
                          reports::outcome_name(one.verdict), one.message);
  return text;
}

}  // namespace

std::string findings_text(const std::string& implementation, const std::vector<LawRecord>& laws,
                          const std::vector<AccuracyRecord>& accuracy, bool verbose) {
  std::string text = implementation + ":";
  if (!laws.empty()) text += " " + totals(laws);
  if (!laws.empty() && !accuracy.empty()) text += ";";
  if (!accuracy.empty()) text += " " + totals(accuracy);
  text += "\n";
  text += measured_text(accuracy);
  if (verbose) text += details(laws, accuracy);
  const std::vector<Failure> failures = failures_of(laws, accuracy);
  if (!verbose)
    for (const Cause& cause : causes_of(failures)) text += to_text(cause);
  else
    for (const Failure& one : failures) text += to_text(Cause{.checks = 1, .worst = one});
  return text;
}

}  // namespace xent::cli
