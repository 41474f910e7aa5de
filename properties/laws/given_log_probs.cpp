// SPDX-License-Identifier: MIT
// Where the log-softmax of the logits x is given, or the softmax, the loss is that of the logits:
//
//   L(x) = L(u; log-probs) = L(exp(u); probs),   u_j = x_j - lse
//
// up to what the contract lets each side err, and to what it costs that u or exp(u) is rounded to
// the type of the logits: where each logarithm moves by at most e, the loss moves by e sum_j |c_j|.
// One of the two is taken, by the seed. A probability that is rounded to 0 leaves nothing to
// compare.

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "properties/judging/comparison.hpp"
#include "properties/judging/extended_row.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

/// Returns the log-sum-exp of the logits, some of which are finite.
template <class T>
long double log_sum_exp(std::span<const T> x) {
  long double m = -std::numeric_limits<long double>::infinity();
  for (const T x_j : x) m = std::max(m, static_cast<long double>(x_j));
  long double sum = 0;
  for (const T x_j : x) sum += std::exp(static_cast<long double>(x_j) - m);
  return m + std::log(sum);
}

/// Replaces the logits of a row by what is given in their place, and returns how far the farthest
/// finite logarithm moved when it was rounded.
template <class T>
long double give(Input input, std::span<T> x) {
  const long double lse = log_sum_exp<T>(x);
  long double farthest = 0;
  for (T& x_j : x) {
    const long double u = static_cast<long double>(x_j) - lse;
    const long double given = input == Input::log_probs ? u : std::exp(u);
    const long double roundings = 0x1p-60L * (1 + std::fabs(u) + 2 * std::fabs(lse));
    x_j = static_cast<T>(static_cast<double>(given));
    const auto rounded = static_cast<long double>(x_j);
    const long double z = input == Input::log_probs ? rounded : std::log(rounded);
    if (std::isfinite(u)) farthest = std::max(farthest, std::fabs(z - u) + roundings);
  }
  return farthest;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& of_logits) {
  cases::Case<T> of_given = of_logits;
  of_given.recipe.input = of_logits.recipe.seed % 2 == 0 ? Input::log_probs : Input::probs;
  const auto classes = static_cast<std::size_t>(of_logits.recipe.classes);
  std::vector<long double> moved;
  for (std::size_t first = 0; first < of_given.logits.size(); first += classes)
    moved.push_back(
        give(of_given.recipe.input, std::span(of_given.logits).subspan(first, classes)));
  const auto expected = evaluate(contract, of_logits.problem());
  const auto got = evaluate(contract, of_given.problem());
  for (std::size_t i = 0; i < moved.size(); ++i) {
    const bool ignored = of_logits.ignore_index && of_logits.ignore_index == of_logits.labels[i];
    const RowFacts facts = ExtendedRow(of_logits.problem(), static_cast<std::ptrdiff_t>(i)).facts();
    const long double mass = static_cast<long double>(facts.row_weight) * facts.target_mass;
    const long double bound =
        expected.loss_bound[i] + got.loss_bound[i] + (ignored ? 0 : 1.02L * moved[i] * mass);
    if (!std::isfinite(bound)) continue;
    if (!agree<LossOf<T>>(static_cast<long double>(got.loss[i]),
                          static_cast<long double>(expected.loss[i]), bound))
      return Violation{.row = static_cast<std::ptrdiff_t>(i),
                       .got = show(got.loss[i]),
                       .expected = show_within(expected.loss[i], bound)};
  }
  return std::nullopt;
}

}  // namespace

extern const Law given_log_probs{
    .name = "given_log_probs",
    .statement = "L(x) = L(u; log-probs) = L(exp(u); probs) for u = x - lse",
    .source = "by definition",
    .scope = {.reductions = only_none,
              .options = only_coefficients,
              .adds = {.labels = false, .probs = false, .input = true}},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
