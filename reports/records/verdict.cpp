// SPDX-License-Identifier: MIT
// The verdict, from the records.
#include "reports/records/verdict.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/number.hpp"
#include "reports/records/pick.hpp"
#include "reports/records/runs.hpp"

namespace xent::reports {
namespace {

/// The worse the outcome, the greater.
int weight(Verdict verdict) {
  switch (verdict) {
    case Verdict::skipped:
    case Verdict::nothing_checked: return 0;
    case Verdict::passed: return 1;
    case Verdict::mistrusted: return 2;
    case Verdict::interrupted: return 3;
    case Verdict::undecided: return 4;
    case Verdict::failed: return 5;
  }
  return 0;
}

std::string checks_text(const Tally& count, std::string_view what) {
  std::string text;
  if (count.ran() == 0)
    text = what == "law" ? "No law was checked" : "accuracy was not judged";
  else if (count.failed > 0)
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

/// What must not be missed where no check failed.
std::string_view warning(const Results& results) {
  if (is_incomplete(results)) return "INTERRUPTED: ";
  return overall(results) == Verdict::nothing_checked ? "NOTHING_CHECKED: " : "";
}

std::string accuracy_text(const Results& results) {
  const Tally count = tally(results.accuracy);
  if (count.ran() == 0) return checks_text(count, "accuracy");
  std::string ratio = "largest error / contract " + measured_up(largest_ratio(results));
  if (count.failed + count.undecided == 0) return ratio;
  return fmt::format("{}, {}", checks_text(count, "accuracy"), ratio);
}

/// The fastest implementation, `accurate` if there is one, of that operation.
std::string fastest_text(const Results& results, const Picker& picker, const Operation& largest) {
  const std::string run =
      results.runs.size() > 1 ? fmt::format(", run {}", largest.run + 1) : std::string();
  Fastest best = picker.fastest(largest, Tier::accurate);
  const bool accurate = !best.tied.empty() || !best.doubt.empty();
  if (!accurate) best = picker.fastest(largest, Tier::none);
  if (!best.doubt.empty()) return "who is fastest was not measured reliably (" + best.doubt + ")";
  if (best.tied.empty()) return "no implementation that was timed passed its checks";
  std::string text =
      fmt::format("fastest {}forward at {}\u00A0×\u00A0{} ({}, {}{}{}): {}",
                  accurate ? "accurate " : "", largest.batch, largest.classes, largest.dtype,
                  form_text(largest), threads_name(largest.threads), run, names_of(best.tied));
  if (best.least->roof_multiple)
    text += fmt::format(", {}\u00A0× the read roof", three_digits(*best.least->roof_multiple));
  return text;
}

/// On each machine, the fastest on the largest forward problem, in the first run that timed it.
std::string speed_text(const Results& results) {
  const Picker picker(results);
  std::map<std::string, const Operation*> largest;  // by machine
  for (const Operation& one : picker.operations()) {
    if (one.gradient) continue;
    const Operation*& found = largest[machine_name(results, one.run)];
    if (found == nullptr || logits(one) > logits(*found)) found = &one;
  }
  std::vector<std::string> texts;
  texts.reserve(largest.size());
  for (const auto& [machine, operation] : largest)
    texts.push_back((largest.size() > 1 ? "on " + machine + " " : "") +
                    fastest_text(results, picker, *operation));
  return texts.empty() ? "nothing was timed" : fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace

bool is_incomplete(const Results& results) {
  return std::any_of(results.runs.begin(), results.runs.end(),
                     [](const Provenance& run) { return run.incomplete; });
}

Verdict worse(Verdict a, Verdict b) { return weight(a) > weight(b) ? a : b; }

Verdict overall(const Results& results) {
  Verdict worst = Verdict::skipped;
  for (const LawRecord& one : results.laws) worst = worse(worst, one.verdict);
  for (const AccuracyRecord& one : results.accuracy) worst = worse(worst, one.verdict);
  for (const TimingRecord& one : results.timings)
    if (one.checked_rows > 0) worst = worse(worst, Verdict::passed);
  if (is_incomplete(results)) worst = worse(worst, Verdict::interrupted);
  return worst == Verdict::skipped ? Verdict::nothing_checked : worst;
}

std::optional<double> largest_ratio(const Results& results) {
  std::optional<double> largest;
  for (const AccuracyRecord& one : results.accuracy)
    largest = larger(largest, one.errors.max_ratio);
  return largest;
}

std::string verdict_line(const Results& results) {
  return fmt::format("{}{}; {}; {}.", warning(results), checks_text(tally(results.laws), "law"),
                     accuracy_text(results), speed_text(results));
}

}  // namespace xent::reports
