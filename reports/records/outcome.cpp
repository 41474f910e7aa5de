// SPDX-License-Identifier: MIT
// Outcomes in words.
#include "reports/records/outcome.hpp"

#include <fmt/format.h>

#include "reports/number.hpp"
#include "reports/records/pick.hpp"

namespace xent::reports {

std::string outcome_name(Verdict verdict) {
  return std::string(verdict == Verdict::skipped ? "not claimed" : to_string(verdict));
}

std::string categories_text(const Categories& categories) {
  std::string text;
  for (const CategoryName& one : all_categories)
    if (const std::int64_t count = categories.*one.member; count > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, one.words);
  return text.empty() ? "none" : text;
}

std::string errors_text(const ErrorStats& errors) {
  std::string text = fmt::format(
      "error / contract {}, largest error {} ulp of {} results; special values wrong: {}",
      measured_up(errors.max_ratio), measured_up(errors.max_ulp), errors.count,
      categories_text(errors.categories));
  if (errors.undecided > 0) text += fmt::format("; undecided: {}", errors.undecided);
  return text;
}

std::string subject(const AccuracyRecord& record) {
  return fmt::format("{} {}, {} on {}", variant(record.implementation, record.instruction_set),
                     record.dtype, record.quantity, record.source);
}

std::string statement_of(const Results& results, const std::string& law) {
  for (const LawStatement& one : results.statements)
    if (one.law == law) return one.statement;
  return "";
}

}  // namespace xent::reports
