// SPDX-License-Identifier: MIT
// Findings of verify as text.

#include "cli/findings.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "reports/number.hpp"
#include "reports/outcome.hpp"
#include "reports/verdict.hpp"

namespace xent::cli {
namespace {

/// What did not pass, one by one.
void print(const LawRecord& law) {
  if (law.verdict == Verdict::passed) return;
  if (law.verdict == Verdict::skipped)
    fmt::print("  {}: {}: {}\n", law.law, reports::outcome_name(law.verdict), law.message);
  else
    fmt::print("  {}: {}\n", to_string(law.verdict), law.message);
}

void print(const AccuracyRecord& record) {
  if (record.verdict == Verdict::passed || record.verdict == Verdict::skipped) return;
  fmt::print("  {}: {} on {} {}\n", to_string(record.verdict), record.quantity, record.source,
             record.instruction_set);
  const Witness& w = record.errors.telling_witness();
  fmt::print("    {} row {} column {}: got {}, expected {}\n    repeat: {}\n", w.case_id, w.row,
             w.column, w.got, w.expected, w.command);
}

void print_totals(const std::vector<LawRecord>& laws) {
  const reports::Tally count = reports::tally(laws);
  std::int64_t cases = 0;
  for (const LawRecord& law : laws) cases += law.cases;
  fmt::print(" laws: {} passed, {} failed, {} undecided, {} not claimed, {} mistrusted, {} cases",
             count.passed, count.failed, count.undecided, count.skipped, count.mistrusted, cases);
}

void print_totals(const std::vector<AccuracyRecord>& accuracy) {
  fmt::print(" accuracy: {} checks", accuracy.size());
  for (const auto& [quantity, name] : {std::pair("loss", "loss"), std::pair("grad", "gradient")}) {
    std::optional<double> ulp;
    std::optional<double> ratio;
    for (const AccuracyRecord& record : accuracy) {
      if (record.quantity != quantity) continue;
      ulp = reports::larger(ulp, record.errors.max_ulp);
      ratio = reports::larger(ratio, record.errors.max_ratio);
    }
    fmt::print(", {} {} ulp, {} of the contract", name, reports::measured_up(ulp),
               reports::measured_up(ratio));
  }
}

}  // namespace

void print_findings(const std::string& subject, const std::vector<LawRecord>& laws,
                    const std::vector<AccuracyRecord>& accuracy) {
  fmt::print("{}:", subject);
  if (!laws.empty()) print_totals(laws);
  if (!laws.empty() && !accuracy.empty()) fmt::print(";");
  if (!accuracy.empty()) print_totals(accuracy);
  fmt::print("\n");
  for (const LawRecord& law : laws) print(law);
  for (const AccuracyRecord& record : accuracy) print(record);
}

}  // namespace xent::cli
