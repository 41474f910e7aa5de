// SPDX-License-Identifier: MIT
// The log-sum-exp of every row is as near the exact one as its contract says, whatever the targets:
//
//   |computed - lse| <= ulp * ulp(s) + u (relative s + absolute),   s = |m| + l
//
// judged against the certified enclosure, and the same bits where the gradient is asked for too.

#include <cmath>

#include "properties/judging/evaluation.hpp"
#include "properties/judging/judgement.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const Problem<T> problem = given.problem();
  Losses<T> lse = evaluate_lse(contract, problem);
  const Outputs<T> got{.loss = {}, .lse = {.data = lse.data(), .size = std::ssize(lse)}};
  if (auto violation =
          breach(reference::judge(problem, got, &contract, contract_alone).lse, contract.tier))
    return violation;
  const Losses<T> again = evaluate_lse(contract, problem, true);
  for (std::size_t i = 0; i < lse.size(); ++i)
    if (again[i] != lse[i] && !(std::isnan(again[i]) && std::isnan(lse[i])))
      return Violation{.row = static_cast<std::ptrdiff_t>(i),
                       .got = show(again[i]) + " with the gradient",
                       .expected = show(lse[i])};
  return std::nullopt;
}

constexpr Offers of_logits = [] {
  Offers offers = everything;
  offers.input = offers.clip = false;
  return offers;
}();

}  // namespace

extern const Law log_sum_exp_within_contract{
    .name = "log_sum_exp_within_contract",
    .statement = "|computed - lse| <= ulp * ulp(s) + u (relative s + absolute), s = |m| + l",
    .source = "the implementation's contract",
    .scope = {.options = of_logits, .special = true, .joined = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
