// SPDX-License-Identifier: MIT
// A gradient that takes the place of the logits has the bits of one that is written beside them,
// and so have the losses.

#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  Problem<T> problem = given.problem();
  const Evaluation<T> beside = evaluate(contract, problem);
  Evaluation<T> over = beside;
  over.grad = given.logits;
  problem.logits.data = over.grad.data();
  contract.kernel(problem, over.outputs());
  return differ_in_bits(over, beside);
}

}  // namespace

extern const Law in_place{
    .name = "in_place",
    .statement = "the gradient over the logits has the bits of the gradient beside them",
    .source = "an output does not change what it is computed from",
    .scope = {.special = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
