// SPDX-License-Identifier: MIT
// A temperature T and a softcap s change nothing but the logits, and the gradient by the chain
// rule:
//
//   L(x; s, T) = L(z),   g_j(x; s, T) = f'(x_j) g_j(z),   z_j = f(x_j) = s tanh(x_j / s) / T
//
// up to what the contract lets each side err, and to what it costs that z is rounded to the type of
// the logits: where each z_j moves by at most e, the loss moves by 2 e sum_j |c_j|, and a term of a
// component by the factor exp(2 e). The case's own options are taken; one that has none gets T = 2
// or 1/2, for which z is exact, or T = 0.7 with s = 30. A logit that z takes beyond the range
// leaves nothing to compare. z is computed by the function that the implementations call: that it
// is right is the business of the laws that compare with the reference.

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/mapped_logit.hpp>

#include "cases/case.hpp"
#include "properties/judging/comparison.hpp"
#include "properties/judging/extended_row.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

constexpr long double infinity = std::numeric_limits<long double>::infinity();

/// Gives a recipe without a temperature and a softcap one, by its seed.
void map_recipe(cases::Recipe& recipe) {
  if (recipe.temperature != 0 || recipe.softcap != 0) return;
  constexpr double temperatures[] = {2, 0.5, 0.7};
  recipe.temperature = temperatures[recipe.seed % 3];
  if (recipe.seed % 3 == 2) recipe.softcap = 30;
}

/// Replaces the logits of a row by z, and returns how far the farthest moved when it was rounded;
/// infinity where one left the range.
template <class T>
long double map_row(const Options& options, std::span<T> logits) {
  long double farthest = 0;
  for (T& x : logits) {
    const long double z = mapped_logit(options, static_cast<long double>(x));
    x = static_cast<T>(static_cast<double>(z));
    if (!std::isfinite(z)) continue;
    farthest = std::max(farthest, std::isfinite(static_cast<double>(x))
                                      ? std::fabs(z - static_cast<long double>(x))
                                      : infinity);
  }
  return farthest;
}

/// Compares row i of both, where the logits of `of_z` have moved by `moved`.
template <class T>
std::optional<Violation> check_row(const Evaluation<T>& mapped, const Evaluation<T>& of_z,
                                   std::ptrdiff_t i, const ExtendedRow& row, long double moved) {
  const auto at = static_cast<std::size_t>(i);
  const auto loss = static_cast<long double>(of_z.loss[at]);
  const RowFacts& facts = row.facts();
  const long double mass = static_cast<long double>(facts.row_weight) * facts.target_mass;
  const long double of_loss = mapped.loss_bound[at] + of_z.loss_bound[at] + 2.02L * moved * mass;
  if (!agree<LossOf<T>>(static_cast<long double>(mapped.loss[at]), loss, of_loss))
    return Violation{
        .row = i, .got = show(mapped.loss[at]), .expected = show_within(of_z.loss[at], of_loss)};
  if (2 * moved > 1) return std::nullopt;  // the bounds of the components would say nothing
  const long double share = 1.02L * std::expm1(2 * moved);
  for (std::ptrdiff_t j = 0; j < mapped.classes; ++j) {
    const auto k = static_cast<std::size_t>(i * mapped.classes + j);
    if (std::isinf(static_cast<double>(of_z.grad[k]))) continue;  // it may have overflowed
    const long double slope = row.slope(j);
    const long double g = slope * static_cast<long double>(of_z.grad[k]);
    const long double bound =
        mapped.grad_bound[k] + slope * of_z.grad_bound[k] + share * row.grad_size(j);
    if (!agree<T>(static_cast<long double>(mapped.grad[k]), g, bound))
      return Violation{.row = i,
                       .column = j,
                       .got = show(mapped.grad[k]),
                       .expected = show_within(static_cast<double>(g), bound)};
  }
  return std::nullopt;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  cases::Case<T> with = given;
  map_recipe(with.recipe);
  if (!cases::lies_within(with.recipe, contract.domain)) return std::nullopt;
  cases::Case<T> of_z = with;
  of_z.recipe.temperature = of_z.recipe.softcap = 0;
  const auto classes = static_cast<std::size_t>(given.recipe.classes);
  std::vector<long double> moved;
  for (std::size_t first = 0; first < of_z.logits.size(); first += classes)
    moved.push_back(
        map_row(options_of(with.recipe), std::span(of_z.logits).subspan(first, classes)));
  const auto mapped_result = evaluate(contract, with.problem());
  const auto result_of_z = evaluate(contract, of_z.problem());
  for (std::ptrdiff_t i = 0; i < given.recipe.rows; ++i) {
    const bool ignored =
        given.ignore_index && given.ignore_index == given.labels[static_cast<std::size_t>(i)];
    const long double by = ignored ? 0 : moved[static_cast<std::size_t>(i)];
    if (std::isinf(by)) continue;
    const ExtendedRow row(with.problem(), i);
    if (auto violation = check_row(mapped_result, result_of_z, i, row, by)) return violation;
  }
  return std::nullopt;
}

constexpr Offers coefficients_and_maps = [] {
  Offers offers = only_coefficients;
  offers.temperature = offers.softcap = true;
  return offers;
}();

}  // namespace

extern const Law mapped_logits{
    .name = "mapped_logits",
    .statement =
        "L(x; s, T) = L(z), g_j(x; s, T) = f'(x_j) g_j(z) for z = f(x) = s tanh(x / s) / T",
    .source = "the chain rule",
    .scope = {.reductions = only_none,
              .options = coefficients_and_maps,
              .adds = {.labels = false, .probs = false, .temperature = true, .softcap = true}},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
