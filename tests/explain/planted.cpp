// SPDX-License-Identifier: MIT
// Computes results with a hypothesis planted: by a textbook's arithmetic where the formula is a
// cross-entropy of other logits, coefficients and factors, else by the formula itself.
#include "tests/explain/planted.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "explain/formula/formula.hpp"
#include "explain/formula/scales.hpp"
#include "tests/explain/textbook.hpp"

namespace xent::tests {
namespace {

using explain::Formula;
using explain::Row;
using explain::Target;

bool is_textbook(const Formula& f) {
  return !f.row_loss && f.z_loss == 0 && f.entropy == 0 && !f.arithmetic.logits &&
         !f.arithmetic.softmax && !f.arithmetic.sum && !f.arithmetic.unshifted && !f.exponential &&
         f.gradient == explain::GradientForm::derivative;
}

// Puts what a textbook computes in the arithmetic A into a row that the formula has filled.
template <class A>
void compute_again(const Formula& f, Row& row) {
  if (!row.finite || row.target.kind == Target::Kind::unknown ||
      row.target.kind == Target::Kind::ignored)
    return;
  const TextbookRow<A> computed = textbook_row<A>(row.x, row.c);
  row.loss = static_cast<double>(computed.loss * static_cast<A>(f.factor));
  row.lse = static_cast<double>(computed.lse);
  for (std::size_t j = 0; j < row.grad.size(); ++j)
    row.grad[j] = static_cast<double>(computed.grad[j] * static_cast<A>(row.slope_of(j)) *
                                      static_cast<A>(f.factor * f.grad_factor));
}

template <class T>
T result(double value) {
  return static_cast<T>(static_cast<LossOf<T>>(value));
}

}  // namespace

template <class T>
Planted<T>::Planted(const Plan& plan) : plan_(plan), case_(cases::make_case<T>(plan.recipe)) {
  // Ignored rows may hold NaN, which would decide what is made of them.
  for (T& x : case_.logits)
    if (!std::isfinite(static_cast<double>(x))) x = T{};
}

template <class T>
explain::Doubt Planted<T>::doubt() {
  explain::Doubt doubt;
  doubt.problem = AnyProblem(case_.problem());
  doubt.row_shape = plan_.row_shape;
  if (!loss.empty()) doubt.results.loss = VectorView<T>{loss.data(), std::ssize(loss), 1};
  if (!grad.empty()) doubt.results.grad = row_major(grad.data(), doubt.rows(), doubt.classes());
  if (!lse.empty()) doubt.results.lse = VectorView<T>{lse.data(), std::ssize(lse), 1};
  return doubt;
}

template <class T>
void Planted<T>::plant(const Formula& formula) {
  loss.clear();
  grad.clear();
  lse.clear();
  explain::Doubt given = doubt();
  T any{};
  if (plan_.with_grad) given.results.grad = row_major(&any, given.rows(), given.classes());
  const explain::Scales of_loss = scales_of(formula, given, given.problem.options.reduction);
  const explain::Scales of_grad = scales_of(formula, given, given.reduction_of_grad());
  const bool reduced = given.reduces_loss();
  double sum = 0;
  Row row;
  row.wants_grad = plan_.with_grad && formula.has_grad;
  for (std::ptrdiff_t i = 0; i < given.rows(); ++i) {
    evaluate(formula, given, i, row);
    if (is_textbook(formula)) compute_again<LossOf<T>>(formula, row);
    // What happens at the end of a shifted sequence is not known: here the row is left out.
    if (row.target.kind == Target::Kind::unknown) {
      row.loss = 0;
      std::fill(row.grad.begin(), row.grad.end(), 0);
    }
    sum += of_loss[i] * row.loss;
    if (plan_.with_loss && !reduced) loss.push_back(result<T>(of_loss[i] * row.loss));
    if (plan_.with_lse) lse.push_back(result<T>(formula.lse_factor * row.lse));
    const double scale = std::pow(of_grad[i], formula.grad_scalings);
    for (const double g : row.grad)
      if (row.wants_grad) grad.push_back(static_cast<T>(scale * g));
  }
  if (plan_.with_loss && reduced)
    loss.push_back(result<T>(formula.exponential ? std::exp(sum) : sum));
}

template <class T>
void Planted<T>::compute(const Implementation& implementation) {
  const Problem<T> problem = case_.problem();
  std::vector<LossOf<T>> losses(loss.size());
  std::vector<LossOf<T>> lses(lse.size());
  Outputs<T> out{.loss = {losses.data(), std::ssize(losses), 1}};
  if (!grad.empty()) out.grad = row_major(grad.data(), problem.logits.rows, problem.logits.cols);
  if (!lse.empty()) out.lse = {lses.data(), std::ssize(lses), 1};
  implementation.contract<T>().kernel(problem, out);
  std::ranges::transform(losses, loss.begin(), [](LossOf<T> x) { return static_cast<T>(x); });
  std::ranges::transform(lses, lse.begin(), [](LossOf<T> x) { return static_cast<T>(x); });
}

template class Planted<float>;
template class Planted<double>;
template class Planted<bf16>;

}  // namespace xent::tests
