// SPDX-License-Identifier: MIT
// The divergence is the cross-entropy less the entropy of the targets, and has the same gradient:
//
//   L(kl) = L + sum_j c_j log c_j,   g(kl) = g
//
// up to what the contract lets each side err. Rows with a c_j below 0 have no divergence.

#include <algorithm>
#include <cmath>
#include <limits>

#include "properties/judging/comparison.hpp"
#include "properties/judging/extended_row.hpp"
#include "properties/message.hpp"

namespace xent::properties::law_list {
namespace {

/// sum_j c_j log c_j of row i, NaN where one is below 0; its own error goes into the bound.
template <class T>
long double negative_entropy(const cases::Case<T>& given, std::ptrdiff_t i, long double& bound) {
  const ExtendedRow row(given.problem(), i);
  long double sum = 0;
  for (std::ptrdiff_t j = 0; j < given.recipe.classes; ++j) {
    const long double c = row.coefficient(j);
    if (c == 0) continue;
    sum += c * std::log(c);
    bound +=
        std::fabs(c) * (1 + std::fabs(std::log(c))) * 0x1p-50L;  // 2^-60 of c, for 1000 classes
  }
  return sum;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  cases::Case<T> with = given;
  with.recipe.kl_divergence = true;
  Evaluation<T> expected = evaluate(contract, given.problem());
  const Evaluation<T> got = evaluate(contract, with.problem());
  for (std::size_t i = 0; i < expected.loss.size(); ++i) {
    long double bound = got.loss_bound[i] + expected.loss_bound[i];
    const long double loss = static_cast<long double>(expected.loss[i]) +
                             negative_entropy(given, static_cast<std::ptrdiff_t>(i), bound);
    if (!agree<LossOf<T>>(static_cast<long double>(got.loss[i]), loss, bound))
      return Violation{.row = static_cast<std::ptrdiff_t>(i),
                       .got = show(got.loss[i]),
                       .expected = show_within(static_cast<double>(loss), bound)};
    expected.loss[i] = got.loss[i];  // compared
  }
  return differ(got, expected);
}

constexpr cases::TargetKind soft_targets[] = {cases::TargetKind::one_hot, cases::TargetKind::probs,
                                              cases::TargetKind::csr};
constexpr Offers csr_and_smoothing = {.csr = true, .label_smoothing = true};

}  // namespace

extern const Law divergence_subtracts{
    .name = "divergence_subtracts",
    .statement = "L(kl) = L + sum_j c_j log c_j, g(kl) = g",
    .source = "by definition",
    .scope = {.targets = soft_targets,
              .reductions = only_none,
              .options = csr_and_smoothing,
              .adds = {.labels = false, .probs = false, .kl_divergence = true}},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
