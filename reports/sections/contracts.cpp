// SPDX-License-Identifier: MIT
// Contracts: the largest error / contract of each implementation, element type and number of
// classes, over all families and family by family.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "reports/ratio_table.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {
namespace {

struct Kind {
  std::string_view title;
  std::string_view quantity;  // as records have it
  TargetsKind targets;
};
constexpr std::array<Kind, 4> kinds = {Kind{"loss, labels", "loss", TargetsKind::labels},
                                       Kind{"gradient, labels", "grad", TargetsKind::labels},
                                       Kind{"loss, soft targets", "loss", TargetsKind::soft},
                                       Kind{"gradient, soft targets", "grad", TargetsKind::soft}};

std::vector<std::string> distinct(const Results& results, std::string AccuracyRecord::*member) {
  std::vector<std::string> found;
  for (const AccuracyRecord& one : results.accuracy)
    if (std::find(found.begin(), found.end(), one.*member) == found.end())
      found.push_back(one.*member);
  return found;
}

/// Adds the cases of an implementation that are of that kind, under heads(record). A record without
/// any is of a family outside the domain, and has a line of dashes.
template <class Heads>
void add(const Results& results, const std::string& name, const Kind& kind, RatioTable& table,
         Heads heads) {
  for (const AccuracyRecord& one : results.accuracy) {
    if (one.implementation != name || one.quantity != kind.quantity) continue;
    if (one.cases.empty()) table.add(heads(one));
    for (const JudgedCase& judged : one.cases)
      if (kind_of_targets(judged) == kind.targets) table.add(heads(one), one, judged);
  }
}

Section contracts(const Results& results, bool family_by_family) {
  Section section{"contracts", "Largest error / contract",
                  "No accuracy was judged in these results."};
  if (results.accuracy.empty()) return section;
  section.text = fmt::format(
      "For each number of classes the largest error, as a multiple of what the contract allows, "
      "rounded up, over the instruction sets that were measured. Above 1 the contract is broken; "
      "below {}, set off, the bound is far from the errors or the case easy. A dash: outside the "
      "domain, or not measured.",
      dull_ratio);
  const auto dtypes = distinct(results, &AccuracyRecord::dtype);
  const auto names = distinct(results, &AccuracyRecord::implementation);
  RatioTable summary(dtypes);
  for (const std::string& name : names)
    for (const Kind& kind : kinds)
      add(results, name, kind, summary, [&](const AccuracyRecord&) {
        return RatioTable::Heads{name, std::string(kind.title)};
      });
  section.blocks.emplace_back(
      summary.table("All families and data sets", {{"implementation"}, {"result"}}));
  if (!family_by_family) return section;
  for (const std::string& name : names)
    for (const Kind& kind : kinds) {
      RatioTable families(dtypes);
      add(results, name, kind, families,
          [](const AccuracyRecord& one) { return RatioTable::Heads{one.source}; });
      Table table = families.table(fmt::format("{}: {}", name, kind.title), {{"family"}});
      table.folded = true;
      if (!table.rows.empty()) section.blocks.emplace_back(std::move(table));
    }
  return section;
}

}  // namespace

Section contracts(const Results& results) {
  Section section = contracts(results, false);
  if (!section.blocks.empty()) section.text += " Family by family: contracts.md.";
  return section;
}

Section contracts_by_family(const Results& results) { return contracts(results, true); }

}  // namespace xent::reports::sections
