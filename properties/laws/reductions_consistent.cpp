// SPDX-License-Identifier: MIT
// The reductions are of the same rows:
//
//   sum = sum_i L_i,   mean = (1/N) sum_i L_i,   g(sum) = g(none),   g(mean) = (1/N) g(none),
//
// up to what the contract lets each side err, and the rounding of the right-hand side.

#include <cmath>
#include <limits>

#include "properties/comparison.hpp"

namespace xent::properties::law_list {
namespace {

// number / n as a T; what its own rounding errs goes into the bound.
template <class T>
T divided(long double number, long double n, long double& bound) {
  using Limits = std::numeric_limits<T>;
  const auto quotient = static_cast<T>(number / n);
  bound = bound / n + static_cast<long double>(Limits::denorm_min());
  if (std::isfinite(quotient))
    bound +=
        static_cast<long double>(Limits::epsilon()) * std::fabs(static_cast<long double>(quotient));
  return quotient;
}

// What the rows' own results say of the reduced ones.
template <class T>
Evaluation<T> reduced(Evaluation<T> rows, Reduction reduction) {
  const long double n = reduction == Reduction::mean ? static_cast<long double>(rows.rows) : 1;
  long double sum = 0;
  long double bound = 0;
  for (std::size_t i = 0; i < rows.loss.size(); ++i) {
    sum += static_cast<long double>(rows.loss[i]);
    bound += rows.loss_bound[i];
  }
  rows.loss = {divided<T>(sum, n, bound)};
  rows.loss_bound = {bound};
  for (std::size_t k = 0; k < rows.grad.size(); ++k)
    rows.grad[k] = divided<T>(static_cast<long double>(rows.grad[k]), n, rows.grad_bound[k]);
  return rows;
}

template <class T>
std::optional<Violation> check(const Contract<T>& contract, const cases::Case<T>& given) {
  cases::Case<T> by_row = given;
  by_row.recipe.reduction = Reduction::none;
  const auto rows = evaluate(contract, by_row.problem());
  return differ(evaluate(contract, given.problem()), reduced(rows, given.recipe.reduction));
}

constexpr Reduction reducing[] = {Reduction::sum, Reduction::mean};

}  // namespace

extern const Law reductions_consistent{
    .name = "reductions_consistent",
    .statement = "sum = sum_i L_i, mean = sum / N, g(sum) = g(none), g(mean) = g(none) / N",
    .source = "by definition",
    .scope = {.reductions = reducing, .special = true},
    .f32 = {.of_case = check<float>},
    .f64 = {.of_case = check<double>},
};

}  // namespace xent::properties::law_list
