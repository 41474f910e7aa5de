// SPDX-License-Identifier: MIT
#include "cli/verbs/verify/measured_text.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include <xent/contract.hpp>

#include "reports/groups.hpp"
#include "reports/number.hpp"
#include "reports/records/outcome.hpp"

namespace xent::cli {
namespace {

using Records = reports::Group<AccuracyRecord>;

/// Returns the place of a tier of that name among all tiers; the last where there is none.
std::size_t place_of_tier(std::string_view name) {
  std::size_t place = 0;
  while (place + 1 < std::size(all_tiers) && to_string(all_tiers[place]) != name) ++place;
  return place;
}

/// "f32 loss: 2.1 ulp of the exact value, 1.3 of the terms, at CASE; 3 lost to zero".
std::string line(const Records& records, std::string_view quantity) {
  std::optional<double> ulp;
  std::optional<double> of_terms;
  const Witness* witness = nullptr;
  Categories counted;
  for (const AccuracyRecord* one : records) {
    if (one->quantity != quantity || one->cases.empty()) continue;
    const ErrorStats& errors = one->errors;
    if (witness == nullptr || errors.max_ulp > ulp) witness = &errors.max_witness;
    ulp = reports::larger(ulp, errors.max_ulp);
    of_terms = reports::larger(of_terms, errors.max_terms_ulp);
    for (const CategoryName& name : all_categories)
      counted.*name.member += errors.categories.*name.member;
  }
  if (witness == nullptr) return "";
  std::string text = fmt::format("  measured: {} {}: {} ulp of the exact value, {} of the terms",
                                 records.front()->dtype, quantity, reports::measured_up(ulp),
                                 reports::measured_up(of_terms));
  if (const std::string place = place_of(*witness); !place.empty()) text += ", at " + place;
  if (counted.total() > 0) text += "; " + reports::categories_text(counted);
  return text + "\n";
}

}  // namespace

std::string measured_text(const std::vector<AccuracyRecord>& accuracy) {
  std::string text;
  std::string deserved;
  for (const Records& records :
       reports::grouped(reports::pointers(accuracy), [](const auto& one) { return one.dtype; })) {
    std::optional<std::size_t> least;
    for (const AccuracyRecord* one : records)
      if (!one->deserves.empty())
        least = std::min(least.value_or(std::size(all_tiers)), place_of_tier(one->deserves));
    if (!least) continue;
    text += line(records, "loss") + line(records, "grad");
    deserved += fmt::format("{}{} {}", deserved.empty() ? "" : ", ", records.front()->dtype,
                            to_string(all_tiers[*least]));
  }
  if (deserved.empty()) return "";
  return text + fmt::format("  these errors would deserve the tier: {}\n", deserved);
}

}  // namespace xent::cli
