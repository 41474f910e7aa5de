// SPDX-License-Identifier: MIT
// A label and its one-hot row, dense or in csr, are the same target:
//
//   L(x, y) = L(x, q),   g(x, y) = g(x, q)        with q_j = [j = y],
//
// up to what the contract lets each side err. With weights the two means are not the same: the sum
// is taken instead.

#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& drawn) {
  cases::Case<T> given = drawn;
  if (given.recipe.weighted && given.recipe.reduction == Reduction::mean)
    given.recipe.reduction = Reduction::sum;
  const auto expected = evaluate(contract, given.problem());
  cases::Case<T> dense = given;
  dense.recipe.targets = cases::TargetKind::one_hot;
  dense.probs.assign(given.logits.size(), T{0});
  for (std::size_t i = 0; i < given.labels.size(); ++i)
    dense.probs[i * static_cast<std::size_t>(given.recipe.classes) +
                static_cast<std::size_t>(given.labels[i])] = T{1};
  if (auto violation = differ(evaluate(contract, dense.problem()), expected)) return violation;
  if (!contract.offers.csr) return std::nullopt;
  cases::Case<T> few = given;
  few.recipe.targets = cases::TargetKind::csr;
  std::vector<cases::CsrRow<T>> rows;
  for (const std::int64_t y : given.labels) rows.push_back({{y, T{1}}});
  few.csr = cases::csr_of(rows);
  return differ(evaluate(contract, few.problem()), expected);
}

}  // namespace

extern const Law one_hot_equals_labels{
    .name = "one_hot_equals_labels",
    .statement = "L(x, y) = L(x, q), g(x, y) = g(x, q) for q_j = [j = y]",
    .source = "by definition",
    .scope = {.targets = only_labels,
              .options = {.weight = true,
                          .row_weight = true,
                          .label_smoothing = true,
                          .z_loss = true,
                          .temperature = true,
                          .softcap = true},
              .special = true,
              .adds = {.labels = false}},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
