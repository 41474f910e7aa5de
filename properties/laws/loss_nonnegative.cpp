// SPDX-License-Identifier: MIT
// A loss is never negative, and never -0:
//
//   L = sum_j c_j (lse - x_j) >= 0        for c >= 0, since lse >= max x.
//
// The weights are those of the case without their signs.

#include <cmath>

#include "properties/drawing/one_sign.hpp"
#include "properties/judging/evaluation.hpp"
#include "properties/law.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& drawn) {
  const cases::Case<T> given = of_one_sign(drawn);
  const bool reduced = given.recipe.reduction != Reduction::none;
  const Losses<T> loss = evaluate_loss(contract, given.problem());
  for (std::size_t i = 0; i < loss.size(); ++i)
    if (!(loss[i] >= 0) || std::signbit(loss[i]))
      return Violation{.row = reduced ? -1 : static_cast<std::ptrdiff_t>(i),
                       .got = show(loss[i]),
                       .expected = "+0 or more"};
  return std::nullopt;
}

}  // namespace

extern const Law loss_nonnegative{
    .name = "loss_nonnegative",
    .statement = "L >= 0, and not -0",
    .source = "c >= 0 and lse >= max x",
    .scope = {.options = only_coefficients},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
