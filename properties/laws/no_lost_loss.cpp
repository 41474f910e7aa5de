// SPDX-License-Identifier: MIT
// However confident the row, its loss is not lost:
//
//   L >= smallest normal number   =>   computed loss > 0.
//
// The weights are those of the case without their signs. A sum that holds the 1 of the maximum
// returns 0 for every L below u. A divergence may lose what cancels.

#include <limits>

#include "properties/drawing/one_sign.hpp"
#include "properties/judging/evaluation.hpp"
#include "properties/judging/extended_row.hpp"
#include "properties/law.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& drawn) {
  constexpr auto normal = static_cast<long double>(std::numeric_limits<LossOf<T>>::min());
  const cases::Case<T> given = of_one_sign(drawn);
  const Problem<T> problem = given.problem();
  const Losses<T> loss = evaluate_loss(contract, problem);
  for (std::ptrdiff_t i = 0; i < problem.logits.rows; ++i) {
    const LossOf<T> got = loss[static_cast<std::size_t>(i)];
    const long double exact = ExtendedRow(problem, i).loss();
    if (exact > (1 + 0x1p-30L) * normal && !(got > 0))
      return Violation{.row = i, .got = show(got), .expected = show(static_cast<double>(exact))};
  }
  return std::nullopt;
}

constexpr std::string_view confident_families[] = {"confident", "deep_gap", "two_classes"};

constexpr Offers without_divergence = [] {
  Offers offers = everything;
  offers.kl_divergence = false;
  return offers;
}();

}  // namespace

extern const Law no_lost_loss{
    .name = "no_lost_loss",
    .statement = "L >= smallest normal number  =>  computed loss > 0",
    .source = "pytorch/pytorch#113708",
    .scope = {.families = confident_families,
              .reductions = only_none,
              .options = without_divergence},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
