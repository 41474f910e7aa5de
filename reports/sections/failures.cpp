// SPDX-License-Identifier: MIT
// Failures: every failed check, with what repeats it.
#include <fmt/format.h>

#include "reports/number.hpp"
#include "reports/outcome.hpp"
#include "reports/sections.hpp"
#include "reports/verdict.hpp"

namespace xent::reports::sections {
namespace {

Finding finding(const LawRecord& law) {
  return {fmt::format("{} on {} {}", law.law, law.implementation, law.dtype),
          law.statement.empty() ? law.message : law.statement + "\n" + law.message, law.command};
}

Finding finding(const AccuracyRecord& record) {
  const ErrorStats& errors = record.errors;
  const Witness& witness = errors.telling_witness();
  return {subject(record),
          fmt::format("error / contract {}, largest error {} ulp of {} results; special values: {}",
                      three_digits_up(errors.max_ratio), three_digits_up(errors.max_ulp),
                      errors.count, categories_text(errors.categories)),
          witness.command, &witness};
}

}  // namespace

Section failures(const Results& results) {
  Section section{"failures", "Failures", "No check was run."};
  const std::int64_t ran = tally(results.laws).ran() + tally(results.accuracy).ran();
  if (ran > 0) section.text = fmt::format("None: no check of {} failed.", ran);
  for (const LawRecord& law : results.laws)
    if (law.verdict == Verdict::failed) section.blocks.emplace_back(finding(law));
  for (const AccuracyRecord& record : results.accuracy)
    if (record.verdict == Verdict::failed) section.blocks.emplace_back(finding(record));
  if (!section.blocks.empty())
    section.text = fmt::format("{} of {} checks failed. Each command repeats one of them.",
                               section.blocks.size(), ran);
  return section;
}

}  // namespace xent::reports::sections
