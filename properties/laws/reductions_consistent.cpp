// SPDX-License-Identifier: MIT
// The reductions are of the same rows:
//
//   sum = sum_i L_i,   mean = (1/n) sum_i L_i,   g(sum) = g(none),   g(mean) = (1/n) g(none),
//
// with n = N, and for labels the sum of the weights of those that are not ignored, up to what the
// contract lets each side err, and the rounding of the right-hand side.

#include <cmath>
#include <limits>

#include "properties/judging/comparison.hpp"

namespace xent::properties::law_list {
namespace {

// number / n as a T; what its own rounding errs goes into the bound.
template <class T>
T divided(long double number, long double n, long double& bound) {
  constexpr long double relative =
      static_cast<long double>(unit_roundoff<T>) + 0x1p-51L;  // n's too
  const auto quotient = static_cast<T>(static_cast<double>(number / n));
  bound = bound / std::fabs(n) + static_cast<long double>(std::numeric_limits<T>::denorm_min());
  if (std::isfinite(quotient)) bound += relative * std::fabs(static_cast<long double>(quotient));
  return quotient;
}

// What the rows' own results say of the reduced ones, `got`.
template <class T>
Evaluation<T> reduced(Evaluation<T> rows, long double n, const Evaluation<T>& got) {
  long double sum = 0;
  long double bound = 0;
  for (std::size_t i = 0; i < rows.loss.size(); ++i) {
    sum += static_cast<long double>(rows.loss[i]);
    bound += rows.loss_bound[i];
  }
  rows.loss = {divided<LossOf<T>>(sum, n, bound)};
  rows.loss_bound = {bound};
  for (std::size_t k = 0; k < rows.grad.size(); ++k) {
    const bool overflowed = std::isinf(static_cast<double>(rows.grad[k]));
    rows.grad[k] = divided<T>(static_cast<long double>(rows.grad[k]), n, rows.grad_bound[k]);
    if (overflowed) take_unknown(got, rows, k);
  }
  return rows;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  const long double n = divisor_of(given.problem());
  cases::Case<T> by_row = given;
  by_row.recipe.reduction = Reduction::none;
  const auto rows = evaluate(contract, by_row.problem());
  const auto got = evaluate(contract, given.problem());
  return differ(got, reduced(rows, n, got));
}

constexpr Reduction reducing[] = {Reduction::sum, Reduction::mean};

}  // namespace

extern const Law reductions_consistent{
    .name = "reductions_consistent",
    .statement =
        "sum = sum_i L_i, mean = sum / n, g(sum) = g(none), g(mean) = g(none) / n, n = sum_i "
        "w_(y_i)",
    .source = "by definition",
    .scope = {.reductions = reducing, .special = true},
    .checks = of_case([](auto& contract, auto& given) { return check(contract, given); }),
};

}  // namespace xent::properties::law_list
