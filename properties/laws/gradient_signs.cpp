// SPDX-License-Identifier: MIT
// A step against the gradient raises the label's logit and lowers the others:
//
//   g_j = w_y p_j >= 0 (j != y),   g_y = -w_y sum_{j != y} p_j <= 0.
//
// The weights are those of the case without their signs. Smoothing makes every class a target.

#include "properties/drawing/one_sign.hpp"
#include "properties/judging/evaluation.hpp"
#include "properties/law.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& drawn) {
  const cases::Case<T> given = of_one_sign(drawn);
  const auto computed = evaluate(contract, given.problem());
  for (std::size_t k = 0; k < computed.grad.size(); ++k) {
    const auto row = static_cast<std::ptrdiff_t>(k) / computed.classes;
    const auto column = static_cast<std::ptrdiff_t>(k) % computed.classes;
    const bool label = given.recipe.targets == cases::TargetKind::labels
                           ? given.labels[static_cast<std::size_t>(row)] == column
                           : given.probs[k] != 0;
    const T g = computed.grad[k];
    if (!(label ? g <= 0 : g >= 0))
      return Violation{.row = row,
                       .column = column,
                       .got = show(g),
                       .expected = label ? "0 or less, at the label" : "0 or more"};
  }
  return std::nullopt;
}

constexpr cases::TargetKind hard_targets[] = {cases::TargetKind::labels,
                                              cases::TargetKind::one_hot};

}  // namespace

extern const Law gradient_signs{
    .name = "gradient_signs",
    .statement = "g_j >= 0 (j != y), g_y <= 0",
    .source = "g_j = w_y p_j, g_y = -w_y sum_{j != y} p_j",
    .scope = {.targets = hard_targets,
              .options = {.weight = true, .row_weight = true, .ignore_index = true}},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
