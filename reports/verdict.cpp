// SPDX-License-Identifier: MIT
// The verdict, from the records.
#include "reports/verdict.hpp"

#include <cmath>

#include <fmt/format.h>

#include "reports/number.hpp"
#include "reports/pick.hpp"

namespace xent::reports {
namespace {

/// The worse the outcome, the greater.
int weight(Verdict verdict) {
  switch (verdict) {
    case Verdict::skipped:
    case Verdict::nothing_checked: return 0;
    case Verdict::passed: return 1;
    case Verdict::mistrusted: return 2;
    case Verdict::undecided: return 3;
    case Verdict::failed: return 4;
  }
  return 0;
}

std::string checks_text(const Tally& count, std::string_view what) {
  if (count.ran() == 0) return fmt::format("No {} was checked", what);
  std::string text;
  if (count.failed > 0)
    text = fmt::format("{} of {} {} checks failed", count.failed, count.ran(), what);
  else if (count.mistrusted + count.undecided > 0)
    text = fmt::format("{} of {} {} checks passed", count.passed, count.ran(), what);
  else
    text = count.ran() == 1 ? fmt::format("1 {} check passed", what)
                            : fmt::format("All {} {} checks passed", count.ran(), what);
  if (count.undecided > 0) text += fmt::format(", {} undecided", count.undecided);
  if (count.mistrusted > 0) text += fmt::format(", {} mistrusted", count.mistrusted);
  if (count.skipped > 0) text += fmt::format(", {} not claimed", count.skipped);
  return text;
}

std::string accuracy_text(const Results& results) {
  if (results.accuracy.empty()) return "accuracy was not judged";
  const Tally count = tally(results.accuracy);
  std::string ratio = "largest error / contract " + measured_up(largest_ratio(results));
  if (count.failed + count.undecided == 0) return ratio;
  return fmt::format("{}, {}", checks_text(count, "accuracy"), ratio);
}

/// The fastest implementation, `accurate` if there is one, on the largest forward problem.
std::string speed_text(const Results& results) {
  const Picker picker(results);
  const Operation* largest = nullptr;
  for (const Operation& one : picker.operations())
    if (!one.gradient && (largest == nullptr || logits(one) > logits(*largest))) largest = &one;
  if (largest == nullptr) return "nothing was timed";
  Fastest best = picker.fastest(*largest, Tier::accurate);
  const bool accurate = !best.tied.empty() || !best.doubt.empty();
  if (!accurate) best = picker.fastest(*largest, Tier::none);
  if (!best.doubt.empty()) return "who is fastest was not measured reliably (" + best.doubt + ")";
  if (best.tied.empty()) return "no implementation that was timed passed its checks";
  std::string text = fmt::format(
      "fastest {}forward at {}\u00A0×\u00A0{} ({}, {}{}{}): {}", accurate ? "accurate " : "",
      largest->batch, largest->classes, largest->dtype, form_name(largest->targets),
      threads_name(largest->threads), run_name(largest->run, results), names_of(best.tied));
  if (best.least->roof_multiple)
    text += fmt::format(", {}\u00A0× the read roof", three_digits(*best.least->roof_multiple));
  return text;
}

}  // namespace

Verdict worse(Verdict a, Verdict b) { return weight(a) > weight(b) ? a : b; }

Verdict overall(const Results& results) {
  Verdict worst = Verdict::skipped;
  for (const LawRecord& one : results.laws) worst = worse(worst, one.verdict);
  for (const AccuracyRecord& one : results.accuracy) worst = worse(worst, one.verdict);
  return worst;
}

std::optional<double> largest_ratio(const Results& results) {
  std::optional<double> largest;
  for (const AccuracyRecord& one : results.accuracy)
    largest = larger(largest, one.errors.max_ratio);
  return largest;
}

std::string verdict_line(const Results& results) {
  return fmt::format("{}; {}; {}.", checks_text(tally(results.laws), "law"), accuracy_text(results),
                     speed_text(results));
}

}  // namespace xent::reports
