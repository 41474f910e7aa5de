// SPDX-License-Identifier: MIT
// The z-loss adds to a row that is not ignored
//
//   L(k) = L(0) + v k lse^2,   sum_j g_j(k) = 2 v k lse,
//
// where v is the weight of the row and lse is the log-sum-exp that the implementation itself
// returns, up to what the contract lets each number err: the losses L, the components g_j and lse,
// of which the square errs by (2 |lse| + e) e where lse errs by e. A row that is ignored has the
// loss 0 and the gradient 0. The case's own k is taken, or 1/8 where it has none.

#include <algorithm>
#include <cmath>
#include <limits>

#include "properties/judging/comparison.hpp"
#include "properties/judging/extended_row.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

constexpr long double epsilon = std::numeric_limits<long double>::epsilon();

/// The sum of the components of row i, infinite where one is; what they may err, and the sum's own
/// roundings, go into the bound.
template <class T>
long double sum_of_components(const Evaluation<T>& with, std::ptrdiff_t i, long double& bound) {
  long double sum = 0;
  long double size = 0;
  for (std::ptrdiff_t j = 0; j < with.classes; ++j) {
    const auto k = static_cast<std::size_t>(i * with.classes + j);
    sum += static_cast<long double>(with.grad[k]);
    size += std::fabs(static_cast<long double>(with.grad[k]));
    bound += with.grad_bound[k];
  }
  bound += size * epsilon * static_cast<long double>(with.classes);
  return std::isinf(size) ? size : sum;
}

/// What the z-loss of a row is made of.
struct Added {
  long double k = 0;    // v k
  long double lse = 0;  // 0 of an ignored row
  long double e = 0;    // what lse may err
};

template <class T>
std::optional<Violation> check_row(const Evaluation<T>& with, const Evaluation<T>& without,
                                   std::ptrdiff_t i, const Added& z) {
  const auto at = static_cast<std::size_t>(i);
  const long double loss = static_cast<long double>(without.loss[at]) + z.k * z.lse * z.lse;
  const long double of_loss = with.loss_bound[at] + without.loss_bound[at] +
                              std::fabs(z.k) * (2 * std::fabs(z.lse) + z.e) * z.e +
                              4 * epsilon * std::fabs(loss);
  if (!agree<LossOf<T>>(static_cast<long double>(with.loss[at]), loss, of_loss))
    return Violation{.row = i,
                     .got = show(with.loss[at]),
                     .expected = show_within(static_cast<double>(loss), of_loss)};
  long double of_sum = 2 * std::fabs(z.k) * z.e;
  const long double sum = sum_of_components(with, i, of_sum);
  if (std::isinf(sum)) return std::nullopt;  // components beyond the range may have cancelled
  const long double expected = 2 * z.k * z.lse;
  if (agree<T>(sum, expected, of_sum)) return std::nullopt;
  return Violation{.row = i,
                   .got = "a gradient whose sum is " + show(static_cast<double>(sum)),
                   .expected = show_within(static_cast<double>(expected), of_sum)};
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  cases::Case<T> with = given;
  if (with.recipe.z_loss == 0) with.recipe.z_loss = 0.125;
  cases::Case<T> without = given;
  without.recipe.z_loss = 0;
  if (!cases::lies_within(with.recipe, contract.domain)) return std::nullopt;
  const Evaluation<T> added = evaluate(contract, with.problem());
  const Evaluation<T> plain = evaluate(contract, without.problem());
  const Losses<T> lse = evaluate_lse(contract, given.problem());
  for (std::ptrdiff_t i = 0; i < added.rows; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const bool ignored = given.ignore_index && given.ignore_index == given.labels[at];
    Added z{.k = static_cast<long double>(with.recipe.z_loss)};
    if (!given.row_weight.empty()) z.k *= static_cast<long double>(given.row_weight[at]);
    if (!ignored) {
      z.lse = static_cast<long double>(lse[at]);
      z.e = lse_bound(contract, ExtendedRow(with.problem(), i).facts());
    }
    if (auto violation = check_row(added, plain, i, z)) return violation;
  }
  return std::nullopt;
}

constexpr Offers coefficients_and_z_loss = [] {
  Offers offers = only_coefficients;
  offers.z_loss = true;
  return offers;
}();

}  // namespace

extern const Law z_loss_adds{
    .name = "z_loss_adds",
    .statement = "L(k) = L(0) + v k lse^2, sum_j g_j(k) = 2 v k lse",
    .source = "by definition",
    .scope = {.reductions = only_none,
              .options = coefficients_and_z_loss,
              .adds = {.labels = false, .probs = false, .z_loss = true}},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
