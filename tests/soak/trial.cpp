// SPDX-License-Identifier: MIT
// Computing and judging one problem.
#include "tests/soak/trial.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "properties/dispatch.hpp"
#include "properties/drawing/scope.hpp"
#include "properties/judging/evaluation.hpp"
#include "properties/judging/judgement.hpp"

namespace xent::soak {
namespace {

using properties::Violation;

std::string text_of(std::string_view quantity, const Violation& violation) {
  return fmt::format("{} of row {}, column {}: got {}, expected {}", quantity, violation.row,
                     violation.column, violation.got, violation.expected);
}

/// Losses, log-sum-exps, and the gradient where it is wanted; at first NaN.
template <class T>
class Results {
 public:
  Results(const Problem<T>& problem, bool with_gradient)
      : rows_(problem.logits.rows),
        classes_(problem.logits.cols),
        loss_(as_size(loss_size(problem.options.reduction, rows_)), not_a_number<LossOf<T>>),
        lse_(as_size(rows_), not_a_number<LossOf<T>>),
        grad_(as_size(with_gradient ? rows_ * classes_ : 0), not_a_number<T>) {}

  Outputs<T> outputs() {
    Outputs<T> out{.loss = {.data = loss_.data(), .size = std::ssize(loss_)},
                   .lse = {.data = lse_.data(), .size = rows_}};
    if (!grad_.empty()) out.grad = row_major(grad_.data(), rows_, classes_);
    return out;
  }

  /// Whether all are the same bits; NaN is NaN.
  bool operator==(const Results& other) const {
    return same(loss_, other.loss_) && same(lse_, other.lse_) && same(grad_, other.grad_);
  }

 private:
  template <class X>
  static constexpr X not_a_number = std::numeric_limits<X>::quiet_NaN();

  static std::size_t as_size(std::ptrdiff_t n) { return static_cast<std::size_t>(n); }

  template <class X>
  static bool same(const std::vector<X>& a, const std::vector<X>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](X x, X y) {
      return (std::isnan(x) && std::isnan(y)) || (x == y && std::signbit(x) == std::signbit(y));
    });
  }

  std::ptrdiff_t rows_, classes_;
  std::vector<LossOf<T>> loss_, lse_;
  std::vector<T> grad_;
};

template <class T>
std::optional<Break> broken_contract(const Contract<T>& contract, const Problem<T>& problem,
                                     const Outputs<T>& out) {
  const reference::Judgement judged =
      reference::judge(problem, out, &contract, properties::contract_alone);
  const std::string_view law =
      out.grad.data != nullptr ? "gradient_within_contract" : "loss_within_contract";
  if (const auto v = properties::breach(judged.loss, contract.tier))
    return Break{law, text_of("loss", *v)};
  if (const auto v = properties::breach(judged.grad, contract.tier))
    return Break{law, text_of("gradient", *v)};
  if (const auto v = properties::breach(judged.lse, contract.tier))
    return Break{"log_sum_exp_within_contract", text_of("log-sum-exp", *v)};
  return std::nullopt;
}

/// The same rows, each a place further from a multiple of the vector's size than the one before.
template <class T>
bool depends_on_place(const Contract<T>& contract, Problem<T> problem, bool with_gradient,
                      const Results<T>& packed) {
  const std::ptrdiff_t rows = problem.logits.rows;
  const std::ptrdiff_t classes = problem.logits.cols;
  std::vector<T> elsewhere(static_cast<std::size_t>(1 + rows * (classes + 1)));
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    for (std::ptrdiff_t j = 0; j < classes; ++j)
      elsewhere[static_cast<std::size_t>(1 + i * (classes + 1) + j)] = problem.logits(i, j);
  problem.logits = {
      .data = elsewhere.data() + 1, .rows = rows, .cols = classes, .row_stride = classes + 1};
  Results<T> moved(problem, with_gradient);
  contract.kernel(problem, moved.outputs());
  return !(moved == packed);
}

template <class T>
std::optional<Break> try_typed(const Subject& subject, const cases::Recipe& recipe) {
  const Contract<T> contract =
      properties::on_instruction_set(*subject.implementation, subject.instruction_set)
          .contract<T>();
  const auto given = cases::make_case<T>(recipe);
  const Problem<T> problem = given.problem();
  const bool with_gradient = recipe.seed % 4 != 0;
  Results<T> results(problem, with_gradient);
  contract.kernel(problem, results.outputs());
  if (auto broken = broken_contract(contract, problem, results.outputs())) return broken;
  if (recipe.seed % 8 != 1 || !contract.reproducible) return std::nullopt;
  if (!depends_on_place(contract, problem, with_gradient, results)) return std::nullopt;
  return Break{"reproducible", "other bits where rows begin elsewhere"};
}

}  // namespace

bool takes(const Subject& subject, const cases::Recipe& recipe) {
  return with_dtype(recipe.dtype, [&](auto zero) {
    const auto& contract = subject.implementation->contract<decltype(zero)>();
    const properties::Scope all{.special = true};
    return contract.kernel != nullptr &&
           !properties::why_outside(all, contract.domain, contract.offers, recipe).has_value();
  });
}

bool is_judged(const cases::Recipe& recipe) {
  if (recipe.reduction != Reduction::mean) return true;
  return with_dtype(recipe.dtype, [&](auto zero) {
    return properties::divisor_of(cases::make_case<decltype(zero)>(recipe).problem()) != 0;
  });
}

std::optional<Break> try_out(const Subject& subject, const cases::Recipe& recipe) {
  return with_dtype(recipe.dtype,
                    [&](auto zero) { return try_typed<decltype(zero)>(subject, recipe); });
}

}  // namespace xent::soak
