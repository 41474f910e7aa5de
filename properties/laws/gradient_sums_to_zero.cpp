// SPDX-License-Identifier: MIT
// Shifting a row changes no loss, so a gradient row sums to zero:
//
//   |sum_j g_j| <= the sum of what the contract lets each g_j err.
//
// The components above and those below zero are summed apart, in extended precision, and allowed
// their own roundings; where one overflows, those of the other sign add up to what does.

#include <algorithm>
#include <cmath>
#include <limits>

#include "properties/judging/evaluation.hpp"
#include "properties/law.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

/// Whether the components above zero are those below, up to the bound; false of NaN in the latter.
template <class T>
bool cancel(long double above, long double below, long double bound) {
  if (std::isinf(above) || std::isinf(below))
    return !std::isnan(below) && std::min(above, below) + bound >=
                                     static_cast<long double>(std::numeric_limits<T>::max());
  return std::fabs(above - below) <= bound;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const auto computed = evaluate(contract, given.problem());
  for (std::ptrdiff_t i = 0; i < computed.rows; ++i) {
    long double above = 0;
    long double below = 0;
    long double bound = 0;
    for (std::ptrdiff_t j = 0; j < computed.classes; ++j) {
      const auto k = static_cast<std::size_t>(i * computed.classes + j);
      const auto g = static_cast<long double>(computed.grad[k]);
      (g > 0 ? above : below) += std::fabs(g);
      bound += computed.grad_bound[k];
    }
    if (std::isfinite(above + below))
      bound += static_cast<long double>(computed.classes) * (above + below) *
               std::numeric_limits<long double>::epsilon();
    if (!cancel<T>(above, below, bound))
      return Violation{.row = i,
                       .got = "a sum of " + show(static_cast<double>(above - below)),
                       .expected = show_within(0.0, bound)};
  }
  return std::nullopt;
}

}  // namespace

extern const Law gradient_sums_to_zero{
    .name = "gradient_sums_to_zero",
    .statement = "sum_j g_j = 0",
    .source = "L(x + k) = L(x)",
    .scope = {.options = only_coefficients},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
