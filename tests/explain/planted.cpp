// SPDX-License-Identifier: MIT
// Computes results with a hypothesis planted: by a textbook's arithmetic where the formula is a
// cross-entropy of other logits, coefficients and factors, else by the formula itself.
#include "tests/explain/planted.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <type_traits>

#include "explain/formula/formula_results.hpp"
#include "tests/explain/textbook.hpp"

namespace xent::tests {
namespace {

using explain::Formula;
using explain::Row;
using explain::Target;

bool is_textbook(const Formula& f, const Options& given) {
  return f.input.value_or(given.input) == Input::logits && !f.row_loss &&
         f.z_loss.value_or(given.z_loss) == 0 && f.entropy == 0 && !f.arithmetic.logits &&
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
  const auto by_textbook = [&](Row& row) { compute_again<LossOf<T>>(formula, row); };
  const explain::FormulaResults results = is_textbook(formula, given.problem.options)
                                              ? results_of(formula, given, by_textbook)
                                              : results_of(formula, given);
  const auto round = [](double x) { return static_cast<T>(static_cast<LossOf<T>>(x)); };
  if (plan_.with_loss) std::ranges::transform(results.loss, std::back_inserter(loss), round);
  if (plan_.with_lse) std::ranges::transform(results.lse, std::back_inserter(lse), round);
  for (const double g : results.grad) grad.push_back(static_cast<T>(g));
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
