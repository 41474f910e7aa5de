// SPDX-License-Identifier: MIT
// What an audit found, as text and as JSON.

#include "cli/audit_report.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/json.hpp"

namespace xent::cli {
namespace {

std::string place(const Witness& w) {
  if (w.row < 0) return "the reduced loss";
  return w.column < 0 ? fmt::format("row {}", w.row)
                      : fmt::format("row {}, class {}", w.row, w.column);
}

std::string witness_lines(const Witness& w) {
  const double got = std::strtod(w.got.c_str(), nullptr);
  const std::string off = w.ulp ? fmt::format(", {:.4g} ulp off", *w.ulp) : "";
  return fmt::format("    {}: got {:.9g}\n      exact {}{}\n", place(w), got, w.expected, off);
}

/// One maximum, with its witness where it is not 0; nothing where it was not measured.
std::string maximum(const char* name, std::optional<double> value, const char* unit,
                    const Witness& witness) {
  if (!value) return "";
  std::string text = fmt::format("  {:<20}{:.4g}{}\n", name, *value, unit);
  return *value > 0 ? text + witness_lines(witness) : text;
}

std::string percent(std::int64_t part, std::int64_t all) {
  return fmt::format("{:.4g} %", 100 * static_cast<double>(part) / static_cast<double>(all));
}

std::string to_text(const AuditedQuantity& quantity) {
  const ErrorStats& e = quantity.errors;
  std::string text = fmt::format("{}: {} {} values, in ulp of {}\n", quantity.name, e.count,
                                 quantity.dtype, quantity.ulp_of);
  if (e.count == 0) return text;
  for (const CategoryName& one : all_categories)
    if (const auto count = e.categories.*one.member; count != 0)
      text += fmt::format("  {:<20}{} ({})\n", one.words, count, percent(count, e.count));
  if (e.categories.total() != 0) text += "    the first:\n" + witness_lines(e.category_witness);
  if (e.undecided != 0)
    text +=
        fmt::format("  {:<20}{}\n", "undecided", e.undecided) + witness_lines(e.undecided_witness);
  text += fmt::format("  {:<20}{}\n", "correctly rounded", percent(e.correctly_rounded, e.count));
  if (e.p50 && e.p99 && e.p999)
    text += fmt::format("  {:<20}{:.3g} / {:.3g} / {:.3g} ulp\n", "p50 / p99 / p99.9", *e.p50,
                        *e.p99, *e.p999);
  text += maximum("largest", e.max_ulp, " ulp", e.max_witness);
  text += maximum("largest relative", e.max_relative, "", e.relative_witness);
  text += maximum("largest absolute", e.max_absolute, " u", e.absolute_witness);
  text += maximum("largest backward", e.max_backward, "", e.backward_witness);
  return text;
}

bool breaks(const ErrorStats& errors, double limit) {
  return errors.max_ulp > limit || errors.categories.total() != 0;
}

std::string verdict_line(const Audit& audit) {
  const Verdict verdict = verdict_of(audit);
  if (verdict == Verdict::undecided) return "UNDECIDED: the reference could not settle all errors";
  std::string worst;
  for (const AuditedQuantity& one : audit.quantities) {
    if (one.name == "grad_at_label") continue;
    worst += fmt::format("{}{} up to {:.4g} ulp off", worst.empty() ? "" : "; ", one.name,
                         one.errors.max_ulp.value_or(0));
    for (const CategoryName& category : all_categories)
      if (const auto count = one.errors.categories.*category.member; count != 0)
        worst += fmt::format(", {} of {} {}", count, one.errors.count, category.words);
  }
  if (!audit.limit) return worst;
  return fmt::format("{} (at most {} ulp): {}", verdict == Verdict::failed ? "FAILED" : "passed",
                     *audit.limit, worst);
}

}  // namespace

Verdict verdict_of(const Audit& audit) {
  for (const AuditedQuantity& one : audit.quantities)
    if (one.errors.undecided != 0) return Verdict::undecided;
  for (const AuditedQuantity& one : audit.quantities)
    if (audit.limit && breaks(one.errors, *audit.limit)) return Verdict::failed;
  return Verdict::passed;
}

std::string to_text(const Audit& audit) {
  std::string text = audit.problem + "\n";
  for (const AuditedQuantity& one : audit.quantities) text += to_text(one);
  return text + verdict_line(audit) + "\n";
}

nlohmann::ordered_json to_json(const Audit& audit) {
  nlohmann::ordered_json document = {{"schema", "xent-audit/1"},
                                     {"problem", audit.problem},
                                     {"verdict", to_string(verdict_of(audit))}};
  for (const AuditedQuantity& one : audit.quantities) {
    nlohmann::ordered_json quantity = {{"dtype", one.dtype}, {"ulp_of", one.ulp_of}};
    quantity.update(reports::to_json(one.errors));
    document[one.name] = std::move(quantity);
  }
  if (audit.limit) document["limit"] = *audit.limit;
  return document;
}

}  // namespace xent::cli
