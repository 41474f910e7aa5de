// SPDX-License-Identifier: MIT
// Words for what an audit found.

#include "cli/verbs/audit/audit_words.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <xent/records/error_text.hpp>

#include "cli/verbs/audit/distance_text.hpp"
#include "cli/verbs/audit/textbook.hpp"

namespace xent::cli {
namespace {

/// "float32's usual formula", in which the textbook computes results of that type.
std::string formula_of(const AuditedQuantity& quantity) {
  for (const DType dtype : all_dtypes)
    if (to_string(dtype) == quantity.ulp_of)
      return arithmetic_of(dtype) == DType::f64 ? "float64's usual formula"
                                                : "float32's usual formula";
  return "the usual formula";
}

/// ", and so are 12 of 600 in all"; "" where it is the only result.
std::string and_others(std::int64_t wrong, std::int64_t all) {
  return wrong > 1 ? fmt::format(", and so are {} of {} in all", wrong, all) : "";
}

/// "the loss is 38,000 % off at row 17 (got 2.95, exact 0.0077)".
std::string off_at(const AuditedQuantity& quantity, const Witness& witness) {
  return fmt::format("the {} {} at {} ({})", title_of(quantity), distance_text(witness),
                     place_of(quantity, witness), got_and_exact(witness));
}

/// "loss within 0.51 ulp".
std::string within(const AuditedQuantity& quantity) {
  const ErrorStats& e = quantity.errors;
  if (!e.max_ulp) return fmt::format("{} rightly no number", title_of(quantity));
  return fmt::format("{} within {} ulp", title_of(quantity),
                     error_text_beside(*e.max_ulp, right_ulp));
}

/// The quantities of the audit but those at the labels, which are part of another.
std::vector<const AuditedQuantity*> whole_quantities(const Audit& audit) {
  std::vector<const AuditedQuantity*> all;
  for (const AuditedQuantity& one : audit.quantities)
    if (one.name != "grad_at_label") all.push_back(&one);
  return all;
}

std::string right_line(const Audit& audit) {
  std::vector<std::string> parts;
  for (const AuditedQuantity* one : whole_quantities(audit)) parts.push_back(within(*one));
  return fmt::format("RIGHT: {} of the exact values.", fmt::join(parts, ", "));
}

/// "; 53 of 2000 small losses became 0" of each quantity that lost some.
std::string lost_text(const Audit& audit) {
  std::vector<std::string> parts;
  for (const AuditedQuantity* one : whole_quantities(audit)) {
    const std::int64_t lost = one->errors.categories.lost;
    if (lost == 0) continue;
    const std::string_view small = one->name == "loss"   ? "small losses"
                                   : one->name == "grad" ? "small gradient components"
                                                         : "small log-sum-exps";
    parts.push_back(fmt::format("{} of {} {}", lost, one->errors.count, small));
  }
  return parts.empty() ? "" : fmt::format("; {} became 0", fmt::join(parts, " and "));
}

std::string textbook_line(const Audit& audit, const AuditedQuantity& worst) {
  return fmt::format("AS GOOD AS THE TEXTBOOK: {} allows this{}.", formula_of(worst),
                     lost_text(audit));
}

std::string outside_line(const Audit& audit, const AuditedQuantity& worst) {
  const ErrorStats& e = worst.outside;
  return fmt::format(
      "NOT JUDGED: {} of {} values of the {} are outside of what the textbook's bound covers ({}), "
      "and not right.",
      e.count, worst.errors.count, title_of(worst), audit.first_outside);
}

std::string suspect_line(const AuditedQuantity& worst) {
  const ErrorStats& e = worst.errors;
  return fmt::format(
      "SUSPECT: {}{}: {} times what {} mostly errs, though still what it may err at worst.",
      off_at(worst, e.ratio_witness), and_others(e.over_bound, e.count),
      error_text(e.max_ratio.value_or(0), 2), formula_of(worst));
}

std::string wrong_line(const AuditedQuantity& worst) {
  const ErrorStats& e = worst.at_worst ? *worst.at_worst : worst.errors;
  const std::int64_t wrong = e.over_bound + worst.errors.categories.of_no_numbers();
  return fmt::format("WRONG: {}{}.", off_at(worst, e.telling_witness()),
                     and_others(wrong, worst.errors.count));
}

}  // namespace

std::string_view title_of(const AuditedQuantity& quantity) {
  if (quantity.name == "grad") return "gradient";
  if (quantity.name == "grad_at_label") return "gradient at the labels";
  if (quantity.name == "log_softmax") return "log-softmax";
  return quantity.name == "lse" ? "log-sum-exp" : "loss";
}

std::string_view words_of(Grade grade) {
  switch (grade) {
    case Grade::right: return "right";
    case Grade::textbook: return "textbook";
    case Grade::outside: return "not judged";
    case Grade::nothing_checked: return "nothing checked";
    case Grade::undecided: return "undecided";
    case Grade::suspect: return "suspect";
    case Grade::wrong: return "wrong";
  }
  return "";
}

std::string place_of(const AuditedQuantity& quantity, const Witness& witness) {
  if (witness.row < 0) return "the " + quantity.reduction;
  return witness.column < 0 ? fmt::format("row {}", witness.row)
                            : fmt::format("row {}, class {}", witness.row, witness.column);
}

std::string verdict_line(const Audit& audit) {
  const Grade grade = grade_of(audit);
  const auto worst = std::ranges::find_if(
      audit.quantities, [&](const AuditedQuantity& one) { return grade_of(one) == grade; });
  switch (grade) {
    case Grade::right: return right_line(audit);
    case Grade::textbook: return textbook_line(audit, *worst);
    case Grade::outside: return outside_line(audit, *worst);
    case Grade::nothing_checked: return "NOTHING CHECKED: there are no values.";
    case Grade::undecided:
      return fmt::format("UNDECIDED: the reference could not settle {} of {} errors of the {}.",
                         worst->errors.undecided, worst->errors.count, title_of(*worst));
    case Grade::suspect: return suspect_line(*worst);
    case Grade::wrong: return wrong_line(*worst);
  }
  return "";
}

}  // namespace xent::cli
