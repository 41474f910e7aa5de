// SPDX-License-Identifier: MIT
// What an audit comes to.

#include "cli/verbs/audit/audit_verdict.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace xent::cli {
namespace {

/// A zero of the wrong sign is 0 all the same.
bool has_category(const ErrorStats& e) { return e.categories.total() != e.categories.wrong_zero; }

bool is_right(const ErrorStats& e) {
  return e.undecided == 0 && !has_category(e) && e.max_ulp.value_or(0) <= right_ulp;
}

/// Whether some of the results that a bound covers are NaN or infinite, or numbers, and should not
/// be.
bool has_wrong_kind(const AuditedQuantity& quantity) {
  return quantity.errors.categories.of_no_numbers() > quantity.outside.categories.of_no_numbers();
}

/// Whether the errors are those of the tier, which is at least accurate: 3 ulp of the terms for a
/// loss and a log-sum-exp and 5 for a gradient, less than 1, or none but the last rounding.
bool meets(Tier tier, const AuditedQuantity& quantity) {
  const ErrorStats& e = quantity.errors;
  if (tier == Tier::correctly_rounded) return e.correctly_rounded == e.count;
  const bool gradient = quantity.name.starts_with("grad");
  const double worst = e.max_terms_ulp.value_or(0);
  return e.categories.total() == 0 &&
         (tier == Tier::faithful ? worst < 1 : worst <= (gradient ? 5 : 3));
}

bool meets(double max_ulp, const AuditedQuantity& quantity) {
  return quantity.errors.categories.total() == 0 && quantity.errors.max_ulp.value_or(0) <= max_ulp;
}

}  // namespace

std::string_view to_string(Grade grade) {
  switch (grade) {
    case Grade::right: return "right";
    case Grade::textbook: return "textbook";
    case Grade::outside: return "outside";
    case Grade::nothing_checked: return "nothing_checked";
    case Grade::undecided: return "undecided";
    case Grade::suspect: return "suspect";
    case Grade::wrong: return "wrong";
  }
  return "";
}

Grade grade_of(const AuditedQuantity& quantity) {
  const ErrorStats& e = quantity.errors;
  if (e.count == 0) return Grade::nothing_checked;
  if (has_wrong_kind(quantity)) return Grade::wrong;
  if (quantity.at_worst && quantity.at_worst->max_ratio > 1) return Grade::wrong;
  if (e.undecided != 0) return Grade::undecided;
  if (e.max_ratio > 1) return Grade::suspect;
  if (is_right(e)) return Grade::right;
  return is_right(quantity.outside) ? Grade::textbook : Grade::outside;
}

Grade grade_of(const Audit& audit) {
  if (audit.quantities.empty()) return Grade::nothing_checked;
  Grade worst = Grade::right;
  for (const AuditedQuantity& one : audit.quantities) worst = std::max(worst, grade_of(one));
  return worst;
}

std::vector<Refused> refused(const Audit& audit) {
  std::vector<Refused> all;
  for (const AuditedQuantity& one : audit.quantities) {
    if (audit.gate.max_ulp && !meets(*audit.gate.max_ulp, one))
      all.push_back({&one, fmt::format("--max-ulp {}", *audit.gate.max_ulp)});
    if (audit.gate.tier && !meets(*audit.gate.tier, one))
      all.push_back({&one, fmt::format("--tier {}", to_string(*audit.gate.tier))});
  }
  return all;
}

bool is_good(const Audit& audit) {
  return grade_of(audit) <= Grade::textbook && refused(audit).empty();
}

}  // namespace xent::cli
