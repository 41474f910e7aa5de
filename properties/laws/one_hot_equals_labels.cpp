// SPDX-License-Identifier: MIT
// A label and its one-hot row are the same target:
//
//   L(x, y) = L(x, q),   g(x, y) = g(x, q)        with q_j = [j = y],
//
// up to what the contract lets each side err.

#include "properties/comparison.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  cases::Case<T> dense = given;
  dense.recipe.targets = cases::TargetKind::one_hot;
  dense.probs.assign(given.logits.size(), T{0});
  for (std::size_t i = 0; i < given.labels.size(); ++i)
    dense.probs[i * static_cast<std::size_t>(given.recipe.classes) +
                static_cast<std::size_t>(given.labels[i])] = 1;
  return differ(evaluate(contract, dense.problem()), evaluate(contract, given.problem()));
}

}  // namespace

extern const Law one_hot_equals_labels{
    .name = "one_hot_equals_labels",
    .statement = "L(x, y) = L(x, q), g(x, y) = g(x, q) for q_j = [j = y]",
    .source = "by definition",
    .scope = {.targets = only_labels, .special = true},
    .f32 = {.of_case = check<float>},
    .f64 = {.of_case = check<double>},
};

}  // namespace xent::properties::law_list
