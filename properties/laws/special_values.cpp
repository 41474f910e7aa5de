// SPDX-License-Identifier: MIT
// What docs/policy.md says of NaN, infinities, masks, extremes, weights, ignored rows, smoothing
// and the empty batch: every row of its tables as it stands, and special rows between plain ones.

#include <cmath>

#include <xent/validate.hpp>

#include "properties/judging/comparison.hpp"
#include "properties/message.hpp"
#include "properties/policy/special_batches.hpp"
#include "properties/policy/special_weights.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
bool is(T got, long double exact, long double bound) {
  return agree<T>(static_cast<long double>(got), exact, bound + std::fabs(exact) * 0x1p-60L);
}

template <class Loss>
std::optional<Violation> check_loss(const std::vector<Loss>& loss, const PolicyRow& row,
                                    const std::vector<long double>& bound) {
  for (std::size_t k = 0; k < loss.size(); ++k) {
    const long double exact = row.loss[k];
    if (!is(loss[k], exact, bound[k]) || (exact == 0 && std::signbit(loss[k])))
      return Violation{
          .row = row.reduction == Reduction::none ? static_cast<std::ptrdiff_t>(k) : -1,
          .got = show(loss[k]),
          .expected = exact == 0 ? "+0" : show(static_cast<double>(exact)),
          .input = row.name};
  }
  return std::nullopt;
}

template <class T>
std::optional<Violation> check_row(const Contract<T>& contract, const PolicyRow& row,
                                   const Problem<T>& problem) {
  const auto computed = evaluate(contract, problem);
  for (const auto& loss : {computed.loss, evaluate_loss(contract, problem)})
    if (auto violation = check_loss(loss, row, computed.loss_bound)) return violation;
  for (std::size_t k = 0; k < computed.grad.size(); ++k)
    if (!is(computed.grad[k], row.grad[k], computed.grad_bound[k]))
      return Violation{.row = static_cast<std::ptrdiff_t>(k) / computed.classes,
                       .column = static_cast<std::ptrdiff_t>(k) % computed.classes,
                       .got = show(computed.grad[k]),
                       .expected = show(static_cast<double>(row.grad[k])),
                       .input = row.name};
  return std::nullopt;
}

template <class T>
TableOutcome check(const Contract<T>& contract) {
  TableOutcome outcome;
  for (const auto& rows : {answered_rows(), special_batches(dtype_of<T>), special_weights()})
    for (const PolicyRow& row : rows) {
      if (!lies_within(row, dtype_of<T>, contract.domain)) continue;
      const PolicyProblem<T> held(row);
      if (!lacking(contract.offers, held.problem()).empty()) continue;
      ++outcome.entries;
      if ((outcome.violation = check_row(contract, row, held.problem()))) return outcome;
    }
  return outcome;
}

}  // namespace

extern const Law special_values{
    .name = "special_values",
    .statement =
        "NaN, infinities, masks, extremes, weights, ignored rows, smoothing and the empty "
        "batch give what docs/policy.md says",
    .source = "docs/policy.md",
    .checks = of_table([](auto& contract) { return check(contract); }),
};

}  // namespace xent::properties::law_list
