// SPDX-License-Identifier: MIT
// Failures: every check that failed or is undecided, with what repeats it.
#include <fmt/format.h>

#include "reports/records/outcome.hpp"
#include "reports/records/verdict.hpp"
#include "reports/sections.hpp"

namespace xent::reports::sections {
namespace {

Finding finding(const LawRecord& law, const std::string& statement) {
  return {law.verdict, fmt::format("{} on {} {}", law.law, law.implementation, law.dtype),
          statement.empty() ? law.message : statement + "\n" + law.message, law.command};
}

Finding finding(const AccuracyRecord& record) {
  const Witness& witness = record.errors.telling_witness();
  return {record.verdict, subject(record), errors_text(record.errors), witness.command, &witness};
}

}  // namespace

Section failures(const Results& results) {
  Section section{"failures", "Failures", "No check was run."};
  const Tally laws = tally(results.laws);
  const Tally accuracy = tally(results.accuracy);
  const std::int64_t ran = laws.ran() + accuracy.ran();
  if (ran > 0) section.text = fmt::format("None: no check of {} failed.", ran);
  for (const Verdict verdict : {Verdict::failed, Verdict::undecided}) {
    for (const LawRecord& law : results.laws)
      if (law.verdict == verdict)
        section.blocks.emplace_back(finding(law, statement_of(results, law.law)));
    for (const AccuracyRecord& record : results.accuracy)
      if (record.verdict == verdict) section.blocks.emplace_back(finding(record));
  }
  if (!section.blocks.empty())
    section.text = fmt::format(
        "Of {} checks {} failed and {} are undecided. Each command repeats one of them.", ran,
        laws.failed + accuracy.failed, laws.undecided + accuracy.undecided);
  return section;
}

}  // namespace xent::reports::sections
