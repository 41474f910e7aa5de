// SPDX-License-Identifier: MIT
// Decides the special values of the second method, with no code of the first method.
#include "reference/definition/definition_special.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reference/definition/definition_ends.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Tells whether the logits have a softmax: none is NaN or +inf, and one is finite.
bool has_softmax(const RowProblem& row) {
  const auto& x = row.logits;
  return std::ranges::none_of(x, [](double v) { return std::isnan(v) || v == infinity; }) &&
         std::ranges::any_of(x, [](double v) { return v != -infinity; });
}

/// Returns the results against a label without smoothing for a w_y or v that is NaN or infinite:
/// those for w_y = v = 1 and without a z-loss, times w_y v. The signs of those are known: the loss
/// and -g_y are above 0 where another logit is finite, else 0.
DefinedRow scaled_row(const RowProblem& row) {
  const double w = row.w(row.label) * row.row_weight;
  DefinedRow result = row_of_special(row, 0);
  double loss_sign = 0;
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j) {
    if (j == row.label) continue;
    const double sign = row.x(j) == -infinity ? 0 : 1;
    loss_sign = std::max(loss_sign, sign);
    result.gradient[static_cast<std::size_t>(j)].special = sign * w;
  }
  result.loss.special = loss_sign * w;
  result.gradient[static_cast<std::size_t>(row.label)].special = -loss_sign * w;
  return result;
}

}  // namespace

std::optional<DefinedRow> special_row(const RowProblem& row) {
  if (row.ignored) return row_of_special(row, 0);
  if (!has_softmax(row)) return row_of_special(row, not_a_number);
  const bool finite_v = std::isfinite(row.row_weight);
  const bool of_label = row.label >= 0 && row.options.label_smoothing == 0;
  if (!finite_v && !(of_label && row.options.z_loss == 0)) return row_of_special(row, not_a_number);
  if (of_label && !(finite_v && std::isfinite(row.w(row.label)))) return scaled_row(row);
  if (!has_finite_coefficients(row)) return row_of_special(row, not_a_number);
  return std::nullopt;
}

}  // namespace xent::reference
