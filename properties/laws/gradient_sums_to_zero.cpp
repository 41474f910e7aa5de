// SPDX-License-Identifier: MIT
// Shifting a row changes no loss, so a gradient row sums to zero:
//
//   |sum_j g_j| <= the sum of what the contract lets each g_j err.
//
// The sum is taken in extended precision, and allowed its own roundings. A mean over a sum of
// weights that is 0 has no gradient.

#include <cmath>
#include <limits>

#include "properties/evaluation.hpp"
#include "properties/law.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  if (divisor_of(given.problem()) == 0) return std::nullopt;
  const auto computed = evaluate(contract, given.problem());
  for (std::ptrdiff_t i = 0; i < computed.rows; ++i) {
    long double sum = 0;
    long double magnitude = 0;
    long double bound = 0;
    for (std::ptrdiff_t j = 0; j < computed.classes; ++j) {
      const auto k = static_cast<std::size_t>(i * computed.classes + j);
      sum += static_cast<long double>(computed.grad[k]);
      magnitude += std::fabs(static_cast<long double>(computed.grad[k]));
      bound += computed.grad_bound[k];
    }
    bound += static_cast<long double>(computed.classes) * magnitude *
             std::numeric_limits<long double>::epsilon();
    if (!(std::fabs(sum) <= bound))
      return Violation{.row = i,
                       .got = "a sum of " + show(static_cast<double>(sum)),
                       .expected = show_within(0.0, bound)};
  }
  return std::nullopt;
}

}  // namespace

extern const Law gradient_sums_to_zero{
    .name = "gradient_sums_to_zero",
    .statement = "sum_j g_j = 0",
    .source = "L(x + k) = L(x)",
    .f32 = {.of_case = check<float>},
    .f64 = {.of_case = check<double>},
};

}  // namespace xent::properties::law_list
