// SPDX-License-Identifier: MIT
// The weight of a row multiplies its loss and its gradient, and nothing else:
//
//   L(v) = v L(1),   g(v) = v g(1)
//
// up to what the contract lets each side err. The case's own weights are taken, or drawn ones where
// it has none; those that are 0 make a loss that is infinite 0.

#include <cmath>
#include <limits>
#include <vector>

#include "cases/options.hpp"
#include "cases/random.hpp"
#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

/// v times the number as a T, and v times its bound with the rounding of the product.
template <class T>
T weighted(T number, long double v, long double& bound) {
  const long double product =
      v == 0 && !std::isnan(number) ? 0 : v * static_cast<long double>(number);
  const auto result = static_cast<T>(static_cast<double>(product));
  bound = std::fabs(v) * bound + static_cast<long double>(std::numeric_limits<T>::denorm_min());
  if (std::isfinite(result))
    bound += static_cast<long double>(unit_roundoff<T>) * std::fabs(product);
  return result;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  cases::Case<T> without = given;
  without.recipe.row_weighted = false;
  without.row_weight.clear();
  cases::Case<T> with = given;
  if (with.row_weight.empty()) {
    with.recipe.row_weighted = true;
    if (!cases::lies_within(with.recipe, contract.domain)) return std::nullopt;
    cases::Random random(given.recipe.seed, 7);
    for (const T v : cases::draw_weight<T>(given.recipe.rows, false, random))
      with.row_weight.push_back(static_cast<LossOf<T>>(v));
  }
  const Evaluation<T> got = evaluate(contract, with.problem());
  Evaluation<T> expected = evaluate(contract, without.problem());
  for (std::size_t i = 0; i < expected.loss.size(); ++i) {
    const auto v = static_cast<long double>(with.row_weight[i]);
    expected.loss[i] = weighted(expected.loss[i], v, expected.loss_bound[i]);
    for (std::size_t k = i * static_cast<std::size_t>(expected.classes);
         k < (i + 1) * static_cast<std::size_t>(expected.classes); ++k) {
      const bool overflowed = std::isinf(static_cast<double>(expected.grad[k]));
      expected.grad[k] = weighted(expected.grad[k], v, expected.grad_bound[k]);
      if (overflowed) take_unknown(got, expected, k);
    }
  }
  return differ(got, expected);
}

}  // namespace

extern const Law row_weight_multiplies{
    .name = "row_weight_multiplies",
    .statement = "L(v) = v L(1), g(v) = v g(1)",
    .source = "by definition",
    .scope = {.reductions = only_none,
              .adds = {.labels = false, .probs = false, .row_weight = true}},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
