// SPDX-License-Identifier: MIT
// Running a kernel, and the bounds of its results.

#include "properties/judging/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/element.hpp>

#include "properties/judging/extended_row.hpp"
#include "reference/divisor.hpp"

namespace xent::properties {
namespace {

// Covers the rounding of the facts and of the bounds themselves.
constexpr long double slack = 1 + 0x1p-30L;

template <class T>
long double ulp(long double size) {
  using Limits = std::numeric_limits<T>;
  if (!std::isfinite(size)) return size;
  const int least = Limits::min_exponent - 1;
  const int exponent = size == 0 ? least : std::max(std::ilogb(size), least);
  return std::ldexp(1.0L, exponent - Limits::digits + 1);
}

template <class T>
long double allowed(const ErrorBound& bound, long double size) {
  size *= slack;
  return slack * (static_cast<long double>(bound.ulp) * ulp<T>(size) +
                  static_cast<long double>(unit_roundoff<T>) *
                      (static_cast<long double>(bound.relative) * size +
                       static_cast<long double>(bound.absolute)));
}

template <class T>
std::vector<T> unwritten(std::size_t size) {
  return std::vector<T>(size, std::numeric_limits<T>::quiet_NaN());
}

}  // namespace

template <class T>
Outputs<T> Evaluation<T>::outputs() {
  return {.loss = {.data = loss.data(), .size = static_cast<std::ptrdiff_t>(loss.size())},
          .grad = row_major(grad.data(), rows, classes)};
}

template <class T>
Evaluation<T> compute(const Contract<T>& contract, const Problem<T>& problem) {
  const auto rows = problem.logits.rows;
  const auto classes = problem.logits.cols;
  const auto size = static_cast<std::size_t>(loss_size(problem.options.reduction, rows));
  Evaluation<T> result{.rows = rows,
                       .classes = classes,
                       .loss = unwritten<LossOf<T>>(size),
                       .grad = unwritten<T>(static_cast<std::size_t>(rows * classes))};
  contract.kernel(problem, result.outputs());
  return result;
}

template <class T>
Evaluation<T> evaluate(const Contract<T>& contract, const Problem<T>& problem) {
  Evaluation<T> result = compute(contract, problem);
  add_bounds(result, contract, problem);
  return result;
}

template <class T>
Losses<T> evaluate_loss(const Contract<T>& contract, const Problem<T>& problem) {
  const auto size = loss_size(problem.options.reduction, problem.logits.rows);
  auto loss = unwritten<LossOf<T>>(static_cast<std::size_t>(size));
  contract.kernel(problem, {.loss = {.data = loss.data(), .size = size}});
  return loss;
}

template <class T>
Losses<T> evaluate_lse(const Contract<T>& contract, const Problem<T>& problem, bool with_gradient) {
  const auto rows = problem.logits.rows;
  const auto classes = problem.logits.cols;
  const auto losses = loss_size(problem.options.reduction, rows);
  auto loss = unwritten<LossOf<T>>(static_cast<std::size_t>(losses));
  auto lse = unwritten<LossOf<T>>(static_cast<std::size_t>(rows));
  auto grad = unwritten<T>(static_cast<std::size_t>(with_gradient ? rows * classes : 0));
  Outputs<T> out{.loss = {.data = loss.data(), .size = losses},
                 .lse = {.data = lse.data(), .size = rows}};
  if (with_gradient) out.grad = row_major(grad.data(), rows, classes);
  contract.kernel(problem, out);
  return lse;
}

long double divisor_of(const AnyProblem& problem) {
  return static_cast<long double>(reference::Divisor(problem).value());
}

template <class T>
void add_bounds(Evaluation<T>& evaluation, const Contract<T>& contract, const Problem<T>& problem) {
  const Reduction reduction = problem.options.reduction;
  const long double divisor = std::fabs(divisor_of(problem));
  const auto scale = static_cast<double>(1 / divisor);
  const Bounds bounds = contract.bounds();
  long double loss_sum = 0;
  long double bound_sum = 0;
  for (std::ptrdiff_t i = 0; i < problem.logits.rows; ++i) {
    const ExtendedRow row(problem, i);
    const long double bound = allowed<LossOf<T>>(bounds.of_loss(row.facts()), row.loss_size());
    if (reduction == Reduction::none) evaluation.loss_bound.push_back(bound);
    loss_sum += row.loss();
    bound_sum += bound;
    for (std::ptrdiff_t j = 0; j < problem.logits.cols; ++j)
      evaluation.grad_bound.push_back(allowed<T>(
          bounds.of_grad(row.facts(), row.grad_facts(j), scale), row.grad_size(j) / divisor));
  }
  if (reduction != Reduction::none)
    evaluation.loss_bound.push_back(bound_sum / divisor +
                                    ulp<LossOf<T>>(slack * std::fabs(loss_sum) / divisor));
}

template <class T>
long double lse_bound(const Contract<T>& contract, const RowFacts& row) {
  return allowed<LossOf<T>>(contract.bounds().of_lse(row), static_cast<long double>(row.lse_size));
}

#define XENT_INSTANTIATE(T)                                                     \
  template struct Evaluation<T>;                                                \
  template long double lse_bound(const Contract<T>&, const RowFacts&);          \
  template Losses<T> evaluate_lse(const Contract<T>&, const Problem<T>&, bool); \
  template Evaluation<T> compute(const Contract<T>&, const Problem<T>&);        \
  template Evaluation<T> evaluate(const Contract<T>&, const Problem<T>&);       \
  template Losses<T> evaluate_loss(const Contract<T>&, const Problem<T>&);      \
  template void add_bounds(Evaluation<T>&, const Contract<T>&, const Problem<T>&);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::properties
