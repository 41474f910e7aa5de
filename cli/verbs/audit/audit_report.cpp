// SPDX-License-Identifier: MIT
// What an audit found, as text and as JSON.

#include "cli/verbs/audit/audit_report.hpp"

#include <optional>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <xent/records/error_text.hpp>

#include "cli/options/select.hpp"
#include "cli/table.hpp"
#include "cli/verbs/audit/audit_details.hpp"
#include "cli/verbs/audit/audit_words.hpp"
#include "cli/verbs/audit/distance_text.hpp"
#include "cli/verbs/audit/explained.hpp"
#include "cli/verbs/audit/gate_text.hpp"
#include "reports/json/json.hpp"

namespace xent::cli {
namespace {

std::string number_text(std::optional<double> value) { return value ? error_text(*value, 3) : "-"; }

/// "405 became 0, 2 NaN unexpected"; "-" where there is none.
std::string counted_text(const Categories& categories) {
  std::string text;
  for (const CategoryName& one : all_categories) {
    const std::int64_t count = categories.*one.member;
    if (count == 0) continue;
    const bool lost = one.member == &Categories::lost;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, lost ? "became 0" : one.words);
  }
  return text.empty() ? "-" : text;
}

std::string quantities_table(const Audit& audit) {
  std::vector<TableRow> rows = {
      {"largest errors", "values", "verdict", "relative", "absolute", "ulp", "besides"}};
  for (const AuditedQuantity& one : audit.quantities) {
    const ErrorStats& e = one.errors;
    const double u = format_of(the_dtype(one.ulp_of)).unit_roundoff();
    std::optional<double> absolute = e.max_absolute;
    if (absolute) *absolute *= u;
    const bool part = one.name == "grad_at_label";
    rows.push_back({part ? "  at the labels" : std::string(title_of(one)),
                    fmt::format("{} {}", e.count, one.dtype), std::string(words_of(grade_of(one))),
                    number_text(e.max_relative), number_text(absolute), number_text(e.max_ulp),
                    counted_text(e.categories)});
  }
  return table(rows);
}

std::string findings_text(const AuditedQuantity& quantity, Input input) {
  std::string text;
  for (const Finding& one : quantity.findings) {
    text += fmt::format("{}, {}: {}: {}\n", title_of(quantity), one.what,
                        place_of(quantity, one.witness), got_and_exact(one.witness));
    if (!one.logits.empty()) text += fmt::format("  its {}: {}\n", to_string(input), one.logits);
  }
  return text;
}

nlohmann::ordered_json to_json(const Finding& finding) {
  nlohmann::ordered_json json = {{"what", finding.what},
                                 {"witness", reports::to_json(finding.witness)}};
  if (!finding.logits.empty()) json["logits"] = finding.logits;
  return json;
}

nlohmann::ordered_json to_json(const AuditedQuantity& one) {
  nlohmann::ordered_json json = {
      {"verdict", to_string(grade_of(one))}, {"dtype", one.dtype}, {"ulp_of", one.ulp_of}};
  if (!one.reduction.empty()) {
    json["reduction"] = one.reduction;
    json["reduction_from"] = one.reduction_from;
  }
  if (one.outside.count != 0) json["outside_domain"] = one.outside.count;
  if (one.at_worst) json["ratio_at_worst"] = one.at_worst->max_ratio.value_or(0);
  json.update(reports::to_json(one.errors));
  for (const Finding& finding : one.findings) json["findings"].push_back(to_json(finding));
  return json;
}

nlohmann::ordered_json to_json(const Gate& gate, bool passed) {
  nlohmann::ordered_json json;
  if (gate.max_ulp) json["max_ulp"] = *gate.max_ulp;
  if (gate.tier) json["tier"] = to_string(*gate.tier);
  json["passed"] = passed;
  return json;
}

}  // namespace

std::string to_text(const Audit& audit, bool details) {
  const std::string gate = gate_lines(audit);
  const bool failed = gate.starts_with("FAILED");
  std::string text = (failed ? gate : "") + verdict_line(audit) + "\n" + (failed ? "" : gate);
  if (audit.explanation) text += explain::to_text(*audit.explanation);
  text += audit.problem + "\n\n" + quantities_table(audit);
  std::string findings;
  for (const AuditedQuantity& one : audit.quantities)
    if (one.name != "grad_at_label") findings += findings_text(one, audit.input);
  if (!findings.empty()) text += "\n" + findings;
  if (!details) return text;
  for (const AuditedQuantity& one : audit.quantities) text += "\n" + details_of(one);
  return text;
}

nlohmann::ordered_json to_json(const Audit& audit) {
  nlohmann::ordered_json document = {{"schema", "xent-audit/3"},
                                     {"problem", audit.problem},
                                     {"verdict", to_string(grade_of(audit))},
                                     {"good", is_good(audit)},
                                     {"words", verdict_line(audit)}};
  if (audit.gate.max_ulp || audit.gate.tier)
    document["gate"] = to_json(audit.gate, refused(audit).empty());
  if (audit.explanation) document["explanations"] = to_json(*audit.explanation);
  if (!audit.first_outside.empty()) document["first_outside"] = audit.first_outside;
  for (const AuditedQuantity& one : audit.quantities) document[one.name] = to_json(one);
  return document;
}

}  // namespace xent::cli
