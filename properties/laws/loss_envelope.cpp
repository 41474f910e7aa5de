// SPDX-License-Identifier: MIT
// The loss lies between the weighted gap and Q log C above it, or below it where Q < 0:
//
//   D <= L <= D + Q log C,   D = sum_j c_j (m - x_j),  Q = sum_j c_j,  m = max x
//
// (for labels, between m - x_y and m - x_y + log C), each side up to what the contract lets the
// loss err. No reference is needed.

#include <algorithm>
#include <cmath>

#include "properties/judging/comparison.hpp"
#include "properties/judging/extended_row.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const Problem<T> problem = given.problem();
  const auto computed = evaluate(contract, problem);
  const long double log_classes = std::log(static_cast<long double>(problem.logits.cols));
  for (std::ptrdiff_t i = 0; i < problem.logits.rows; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const ExtendedRow row(problem, i);
    const long double least = row.gap() + std::min(row.total(), 0.0L) * log_classes;
    const long double most = row.gap() + std::max(row.total(), 0.0L) * log_classes;
    const auto loss = static_cast<long double>(computed.loss[at]);
    const long double slack = computed.loss_bound[at];
    const bool inside = std::isnan(loss) == std::isnan(least) &&
                        agree<LossOf<T>>(std::max(loss, least), loss, slack) &&
                        agree<LossOf<T>>(std::min(loss, most), loss, slack);
    if (!inside)
      return Violation{.row = i,
                       .got = show(computed.loss[at]),
                       .expected = "between " + show(static_cast<double>(least)) + " and " +
                                   show(static_cast<double>(most))};
  }
  return std::nullopt;
}

}  // namespace

extern const Law loss_envelope{
    .name = "loss_envelope",
    .statement = "D <= L <= D + Q log C, D = sum_j c_j (m - x_j), Q = sum_j c_j",
    .source = "1 <= sum_j exp(x_j - m) <= C",
    .scope = {.reductions = only_none, .options = only_coefficients},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
