// SPDX-License-Identifier: MIT
// Outcomes in words.
#include "reports/outcome.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "reports/pick.hpp"

namespace xent::reports {

std::string outcome_name(Verdict verdict) {
  return std::string(verdict == Verdict::skipped ? "not claimed" : to_string(verdict));
}

std::string categories_text(const Categories& categories) {
  const auto all = std::to_array<std::pair<std::int64_t, const char*>>(
      {{categories.nan_unexpected, "NaN unexpected"},
       {categories.nan_missing, "NaN missing"},
       {categories.inf_unexpected, "inf unexpected"},
       {categories.inf_missing, "inf missing"},
       {categories.wrong_sign, "of wrong sign"},
       {categories.lost, "lost"}});
  std::string text;
  for (const auto& [count, name] : all)
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name);
  return text.empty() ? "none" : text;
}

std::string subject(const AccuracyRecord& record) {
  return fmt::format("{} {}, {} on {} ({})", variant(record.implementation, record.instruction_set),
                     record.dtype, record.quantity, record.source, form_name(record.targets));
}

}  // namespace xent::reports
