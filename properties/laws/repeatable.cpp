// SPDX-License-Identifier: MIT
// The same problem gives the same bits, again and with labels of either index type.

#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  Problem<T> problem = given.problem();
  const auto first = evaluate(contract, problem);
  if (auto violation = differ_in_bits(evaluate(contract, problem), first)) return violation;
  if (given.recipe.targets != cases::TargetKind::labels) return std::nullopt;
  std::vector<std::int32_t> labels;
  for (const std::int64_t y : given.labels) labels.push_back(static_cast<std::int32_t>(y));
  problem.targets = Labels<std::int32_t>{.data = labels.data(), .size = given.recipe.rows};
  return differ_in_bits(evaluate(contract, problem), first);
}

}  // namespace

extern const Law repeatable{
    .name = "repeatable",
    .statement = "the same bits again, and with labels of either index type",
    .source = "an implementation is a function of its problem",
    .scope = {.special = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
