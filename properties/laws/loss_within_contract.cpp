// SPDX-License-Identifier: MIT
// Every loss is as near the exact one as its contract says:
//
//   |computed - L| <= ulp * ulp(L) + u (relative L + absolute),
//
// judged against the certified enclosure of L, where the loss is asked for alone.

#include "properties/judging/evaluation.hpp"
#include "properties/judging/judgement.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  Losses<T> loss = evaluate_loss(contract, given.problem());
  const Outputs<T> got{.loss = {.data = loss.data(), .size = std::ssize(loss)}};
  return breach(reference::judge(given.problem(), got, &contract, contract_alone).loss,
                contract.tier);
}

}  // namespace

extern const Law loss_within_contract{
    .name = "loss_within_contract",
    .statement = "|computed - L| <= ulp * ulp(L) + u (relative L + absolute)",
    .source = "the implementation's contract",
    .scope = {.special = true, .joined = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
