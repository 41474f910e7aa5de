// SPDX-License-Identifier: MIT
#include "explain/text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace xent::explain {
namespace {

// "every row equals", "480 of 500 rows equal", "the loss and the gradient equal".
std::string subject(const Given& given, const Finding& finding) {
  std::vector<std::string> what;
  if (finding.loss && !given.by_rows(Quantity::loss)) what.emplace_back("the loss");
  if (finding.loss && given.by_rows(Quantity::loss) && (finding.grad || finding.lse))
    what.emplace_back("the losses");
  if (finding.grad) what.emplace_back("the gradient");
  if (finding.lse) what.emplace_back("the log-sum-exp");
  const bool rows = what.size() > 1 || what.empty() || what[0] != "the loss";
  const std::string of_rows = finding.agreed == finding.rows
                                  ? "every row"
                                  : fmt::format("{} of {} rows", finding.agreed, finding.rows);
  if (what.empty()) return of_rows + (finding.agreed == finding.rows ? " equals" : " equal");
  const bool several = what.size() > 1 || what[0] == "the losses";
  std::string text = fmt::format("{}", fmt::join(what, " and "));
  if (rows) text += (finding.agreed == finding.rows ? ", in every row," : ", in " + of_rows + ",");
  return text + (several ? " equal" : " equals");
}

std::string filled(const Variant& variant, const std::optional<Fitted>& fitted) {
  if (!variant.parameter || !fitted) return variant.sentence;
  return fmt::format(fmt::runtime(variant.sentence), fmt::format("{:.4g}", fitted->value));
}

std::string_view word(Certainty certainty) {
  switch (certainty) {
    case Certainty::explained: return "EXPLAINED";
    case Certainty::tie: return "TIE";
    case Certainty::possible: return "POSSIBLE";
  }
  return "";
}

/// " (to 2e-07; T = 0.7, quartiles of the rows 3e-08 apart)"; "" where there is nothing to say.
std::string exactness(const Finding& finding) {
  std::vector<std::string> parts;
  if (finding.deviation == 0) parts.emplace_back("exactly");
  // A loss that became 0 is off by all of itself, which does not tell how exact the others are.
  else if (finding.deviation < 0.5)
    parts.push_back(fmt::format("to {:.1g}", finding.deviation));
  if (finding.parameter && finding.spread && *finding.spread > 0)
    parts.push_back(fmt::format("{} = {:.6g}, quartiles of the rows {:.1g} apart", finding.symbol,
                                *finding.parameter, *finding.spread));
  return parts.empty() ? "" : fmt::format(" ({})", fmt::join(parts, "; "));
}

}  // namespace

Finding finding_of(const Given& given, const Claim& claim, bool tied) {
  const Trial& trial = *claim.trial;
  Finding finding{.certainty = !claim.sure ? Certainty::possible
                               : tied      ? Certainty::tie
                                           : Certainty::explained,
                  .name = std::string(trial.attempt.hypothesis->name),
                  .loss = claim.explains[index_of(Quantity::loss)],
                  .grad = claim.explains[index_of(Quantity::grad)],
                  .lse = claim.explains[index_of(Quantity::lse)]};
  if (trial.attempt.reduction != nullptr)
    finding.name += fmt::format(" + {}", trial.attempt.reduction->name);
  bool first = true;
  for (const Quantity quantity : all_quantities) {
    if (!claim.explains[index_of(quantity)]) continue;
    const Tally& tally = trial.tallies[index_of(quantity)];
    // The fewest of its quantities; a reduced loss only where it is alone.
    if (given.by_rows(quantity) || (first && !finding.grad && !finding.lse)) {
      finding.agreed = first ? tally.agreed : std::min(finding.agreed, tally.agreed);
      finding.rows = first ? tally.rows : std::max(finding.rows, tally.rows);
      first = false;
    }
    finding.deviation = std::max(finding.deviation, tally.relative);
  }
  if (trial.fitted) {
    finding.symbol = trial.attempt.variant.parameter->symbol;
    finding.parameter = trial.fitted->value;
    finding.spread = trial.fitted->spread;
  }
  finding.sentence = subject(given, finding) + " " + filled(trial.attempt.variant, trial.fitted);
  if (trial.attempt.reduction != nullptr)
    finding.sentence += ", reduced to " + trial.attempt.of_reduction.sentence;
  return finding;
}

std::string to_text(const Explanation& explanation) {
  if (!explanation.wrong()) return "";
  if (explanation.findings.empty())
    return "UNEXPLAINED: none of the things that people are known to do gives these results\n";
  std::string text;
  for (const Finding& one : explanation.findings)
    text += fmt::format("{}: {}{}\n", word(one.certainty), one.sentence, exactness(one));
  return text;
}

}  // namespace xent::explain
