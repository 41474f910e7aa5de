// SPDX-License-Identifier: MIT
// All measures of a quantity, each maximum with its witness.

#include "cli/verbs/audit/audit_details.hpp"

#include <cstdlib>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include <xent/records/error_text.hpp>

#include "reports/number.hpp"

namespace xent::cli {
namespace {

std::string place(const Witness& w) {
  if (w.row < 0) return "the reduced loss";
  return w.column < 0 ? fmt::format("row {}", w.row)
                      : fmt::format("row {}, class {}", w.row, w.column);
}

/// A result with the digits that tell it from its neighbours.
std::string got_text(const Witness& w, std::string_view dtype) {
  const double got = std::strtod(w.got.c_str(), nullptr);
  return dtype == "f64" ? fmt::format("{:.17g}", got) : fmt::format("{:.9g}", got);
}

std::string witness_lines(const Witness& w, std::string_view dtype) {
  const std::string off = w.ulp ? ", " + error_text(*w.ulp) + " ulp off" : "";
  return fmt::format("    {}: got {}\n      exact {}{}\n", place(w), got_text(w, dtype), w.expected,
                     off);
}

/// One maximum, with its witness where it is not 0; nothing where it was not measured.
std::string maximum(const char* name, std::optional<double> value, const char* unit,
                    const Witness& witness, std::string_view dtype) {
  if (!value) return "";
  const std::string text = fmt::format("  {:<20}{}{}\n", name, error_text(*value), unit);
  return *value > 0 ? text + witness_lines(witness, dtype) : text;
}

std::string percent(std::int64_t part, std::int64_t all) {
  return reports::percent(part, all) + " %";
}

/// The results that have no error in ulp, and what the reference left open.
std::string outcomes_text(const ErrorStats& e, std::string_view dtype) {
  std::string text;
  for (const CategoryName& one : all_categories)
    if (const auto count = e.categories.*one.member; count != 0)
      text += fmt::format("  {:<20}{} ({})\n", one.words, count, percent(count, e.count));
  if (e.categories.total() != 0)
    text += "    the first:\n" + witness_lines(e.category_witness, dtype);
  if (e.undecided != 0)
    text += fmt::format("  {:<20}{}\n", "undecided", e.undecided) +
            witness_lines(e.undecided_witness, dtype);
  return text;
}

}  // namespace

std::string details_of(const AuditedQuantity& quantity) {
  const ErrorStats& e = quantity.errors;
  std::string text = fmt::format("{}: {} {} values, in ulp of the exact value in {}\n",
                                 quantity.name, e.count, quantity.dtype, quantity.ulp_of);
  if (e.count == 0) return text;
  const auto add = [&](const char* name, std::optional<double> value, const char* unit,
                       const Witness& witness) {
    text += maximum(name, value, unit, witness, quantity.dtype);
  };
  text += outcomes_text(e, quantity.dtype);
  text += fmt::format("  {:<20}{}\n", "correctly rounded", percent(e.correctly_rounded, e.count));
  if (e.p50 && e.p99 && e.p999)
    text += fmt::format("  {:<20}{} / {} / {} ulp\n", "p50 / p99 / p99.9", error_text(*e.p50, 3),
                        error_text(*e.p99, 3), error_text(*e.p999, 3));
  add("largest", e.max_ulp, " ulp", e.max_witness);
  if (e.max_terms_ulp != e.max_ulp)
    add("largest of terms", e.max_terms_ulp, " ulp of the terms that may cancel", e.terms_witness);
  add("largest relative", e.max_relative, "", e.relative_witness);
  add("largest absolute", e.max_absolute, " u", e.absolute_witness);
  add("largest backward", e.max_backward, "", e.backward_witness);
  add("largest of bound", e.max_ratio, " of the textbook's bound", e.ratio_witness);
  return text;
}

}  // namespace xent::cli
