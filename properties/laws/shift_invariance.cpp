// SPDX-License-Identifier: MIT
// Adding one constant to every logit changes nothing:
//
//   L(x + k) = L(x),   g(x + k) = g(x).
//
// On dyadic logits the shifted ones are exact for small integers k, so both sides may differ only
// by what the contract lets each err. NaN and +inf, in rows that are ignored, stay what they are.

#include <algorithm>
#include <cmath>

#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

// Whether every logit + k is exact and in the domain.
template <class T>
bool fits(const std::vector<T>& logits, double k, const Domain& domain) {
  return std::all_of(logits.begin(), logits.end(), [&](T x) {
    const double shifted = static_cast<double>(x) + k;
    if (!std::isfinite(shifted)) return true;
    return domain.min_logit <= shifted && shifted <= domain.max_logit &&
           static_cast<double>(static_cast<T>(shifted)) == shifted;
  });
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  auto k = static_cast<double>(given.recipe.seed % 2048) - 1024;
  while (!fits(given.logits, k, contract.domain)) k = std::trunc(k / 2);
  cases::Case<T> shifted = given;
  for (T& x : shifted.logits) x = static_cast<T>(static_cast<double>(x) + k);
  return differ(evaluate(contract, shifted.problem()), evaluate(contract, given.problem()));
}

constexpr std::string_view dyadic_families[] = {"dyadic"};

}  // namespace

extern const Law shift_invariance{
    .name = "shift_invariance",
    .statement = "L(x + k) = L(x), g(x + k) = g(x)",
    .source = "exp(x_j + k) = exp(k) exp(x_j)",
    .scope = {.families = dyadic_families, .options = only_coefficients},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
