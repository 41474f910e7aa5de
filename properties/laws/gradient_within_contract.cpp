// SPDX-License-Identifier: MIT
// Every gradient component is as near the exact one as its contract says, and so is the loss that
// is computed beside it:
//
//   |computed - g_j| <= ulp * ulp(s) + u (relative s + absolute),
//   g_j = p_j sum_{k != j} q_k - q_j sum_{k != j} p_k,   s = the sum of the magnitudes of the two
//   terms,
//
// judged against certified enclosures.

#include "properties/judging/evaluation.hpp"
#include "properties/judging/judgement.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  auto computed = compute(contract, given.problem());
  const auto judged =
      reference::judge(given.problem(), computed.outputs(), &contract, contract_alone);
  if (auto violation = breach(judged.grad, contract.tier)) return violation;
  return breach(judged.loss, contract.tier);
}

}  // namespace

extern const Law gradient_within_contract{
    .name = "gradient_within_contract",
    .statement =
        "|computed - g_j| <= ulp * ulp(s) + u (relative s + absolute), s = |p_j Q_j| + |q_j P_j|",
    .source = "the implementation's contract",
    .scope = {.special = true, .joined = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
