// SPDX-License-Identifier: MIT
// What an audit comes to.

#include "cli/verbs/audit/audit_verdict.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <xent/records/error_text.hpp>

namespace xent::cli {
namespace {

bool breaks(const ErrorStats& errors, double limit) {
  return errors.max_ulp > limit || errors.categories.total() != 0;
}

/// "loss up to 1.5 ulp off, 2 of 600 lost to zero".
std::string worst_of(const AuditedQuantity& quantity, std::optional<double> limit) {
  const ErrorStats& e = quantity.errors;
  std::vector<std::string> parts;
  if (e.max_ulp)
    parts.push_back(fmt::format("up to {} ulp off", limit ? error_text_beside(*e.max_ulp, *limit)
                                                          : error_text(*e.max_ulp)));
  for (const CategoryName& category : all_categories)
    if (const auto count = e.categories.*category.member; count != 0)
      parts.push_back(fmt::format("{} of {} {}", count, e.count, category.words));
  if (parts.empty()) parts.emplace_back(e.count == 0 ? "of no values" : "rightly no number");
  return fmt::format("{} {}", quantity.name, fmt::join(parts, ", "));
}

}  // namespace

Verdict verdict_of(const Audit& audit) {
  const auto any = [&](auto is) {
    return std::any_of(audit.quantities.begin(), audit.quantities.end(),
                       [&](const AuditedQuantity& one) { return is(one.errors); });
  };
  if (any([](const ErrorStats& e) { return e.undecided != 0; })) return Verdict::undecided;
  if (any([&](const ErrorStats& e) { return audit.limit && breaks(e, *audit.limit); }))
    return Verdict::failed;
  if (any([](const ErrorStats& e) { return e.count == 0; })) return Verdict::nothing_checked;
  return Verdict::passed;
}

std::string verdict_line(const Audit& audit) {
  std::vector<std::string> worst;
  for (const AuditedQuantity& one : audit.quantities)
    if (one.name != "grad_at_label") worst.push_back(worst_of(one, audit.limit));
  const std::string all = fmt::format("{}", fmt::join(worst, "; "));
  switch (verdict_of(audit)) {
    case Verdict::undecided: return "UNDECIDED: the reference could not settle all errors: " + all;
    case Verdict::nothing_checked: return "NOTHING_CHECKED: " + all;
    case Verdict::failed: return fmt::format("FAILED (at most {} ulp): {}", *audit.limit, all);
    default:
      return audit.limit ? fmt::format("passed (at most {} ulp): {}", *audit.limit, all) : all;
  }
}

}  // namespace xent::cli
