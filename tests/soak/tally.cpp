// SPDX-License-Identifier: MIT
// Counting, and the tables of what was counted.
#include "tests/soak/tally.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "properties/drawing/joined.hpp"

namespace xent::soak {

Tally::Tally(const std::vector<Subject>& subjects) {
  const properties::Scope all{.special = true};
  for (const Subject& subject : subjects)
    for (const DType dtype : all_dtypes)
      with_dtype(dtype, [&](auto zero) {
        const auto& contract = subject.implementation->contract<decltype(zero)>();
        if (contract.kernel != nullptr)
          pairs_.add(drawn_levels(all, dtype, contract.domain, contract.offers));
      });
}

void Tally::add_problem(const cases::Recipe& recipe) {
  constexpr std::ptrdiff_t wide = 4096;
  ++problems_;
  if (recipe.classes > wide) ++wide_;
  ++of_dtype_[static_cast<std::size_t>(recipe.dtype)];
  pairs_.add(recipe);
}

void Tally::add_judged(const Subject& subject, DType dtype, bool broken) {
  Count& count =
      of_subject_[{std::string(subject.implementation->name), dtype, subject.instruction_set}];
  ++count.judged;
  if (!broken) return;
  ++count.breaks;
  ++breaks_;
}

std::int64_t Tally::judged(const Subject& subject, DType dtype) const {
  const auto found =
      of_subject_.find({std::string(subject.implementation->name), dtype, subject.instruction_set});
  return found == of_subject_.end() ? 0 : found->second.judged;
}

std::string Tally::text() const {
  std::string text =
      fmt::format("{} problems judged, {:.1f} % with more than 4096 classes\n", problems_,
                  100.0 * static_cast<double>(wide_) /
                      static_cast<double>(std::max<std::int64_t>(problems_, 1)));
  for (const DType dtype : all_dtypes)
    text +=
        fmt::format("  {:<5}{:>9}\n", to_string(dtype), of_dtype_[static_cast<std::size_t>(dtype)]);
  text += fmt::format("{:<14}{:<6}{:<10}{:>9}{:>8}\n", "implementation", "type", "on", "judged",
                      "breaks");
  for (const auto& [key, count] : of_subject_)
    text += fmt::format("{:<14}{:<6}{:<10}{:>9}{:>8}\n", std::get<0>(key),
                        to_string(std::get<1>(key)), std::get<2>(key), count.judged, count.breaks);
  text += to_text(pairs_.summaries());
  return text + fmt::format("{} breaks\n", breaks_);
}

}  // namespace xent::soak
