// SPDX-License-Identifier: MIT
// The results that say most about a quantity.

#include "cli/verbs/audit/audit_findings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/layout.hpp"

namespace xent::cli {
namespace {

/// "2, 1.5, -3" of a row that is short enough to be read; "" of the reduced loss.
std::string logits_text(const AnyMatrix& logits, std::int64_t row) {
  if (row < 0 || logits.cols() > most_shown_classes) return "";
  std::vector<double> shown;
  for (std::ptrdiff_t j = 0; j < logits.cols(); ++j)
    shown.push_back(logits(static_cast<std::ptrdiff_t>(row), j));
  const bool wide = logits.dtype == DType::f64;
  return wide ? fmt::format("{:.17g}", fmt::join(shown, ", "))
              : fmt::format("{:.9g}", fmt::join(shown, ", "));
}

}  // namespace

std::vector<Finding> findings_of(const AuditedQuantity& quantity, const AnyMatrix& logits) {
  std::vector<Finding> all;
  const auto add = [&](const char* what, const Witness& witness) {
    all.push_back({what, witness, logits_text(logits, witness.row)});
  };
  const ErrorStats& e = quantity.at_worst ? *quantity.at_worst : quantity.errors;
  if (e.max_ratio > 1)
    add("the farthest beyond the textbook's error", e.ratio_witness);
  else if (e.max_ulp > right_ulp)
    add("the largest error in ulp", e.max_witness);
  if (quantity.errors.categories.total() != 0)
    add("the first of those counted", quantity.errors.category_witness);
  if (quantity.errors.undecided != 0)
    add("the first that is undecided", quantity.errors.undecided_witness);
  return all;
}

}  // namespace xent::cli
