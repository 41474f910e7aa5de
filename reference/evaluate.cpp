// SPDX-License-Identifier: MIT
// Computes the correctly rounded results of a problem, row by row.
#include "reference/evaluate.hpp"

#include <algorithm>
#include <limits>
#include <mutex>
#include <optional>
#include <tuple>

#include "reference/climb.hpp"
#include "reference/numbers/ladder.hpp"
#include "reference/reduction.hpp"
#include "reference/rounding.hpp"

namespace xent::reference {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// Returns rounded(), for a Ball by way of an interval that holds it; and +0 of a number that is 0
/// in the format and whose sign the finest number does not tell.
template <class N>
std::optional<double> rounded_number(const Exact<N>& exact, Format format) {
  if constexpr (std::is_same_v<N, Ball>) {
    const auto value = interval_of(exact.value);
    return rounded(
        Exact<std::remove_cvref_t<decltype(value)>>{
            .value = value, .size = {}, .special = exact.special, .open = exact.open},
        format);
  } else {
    const std::optional<double> number = rounded(exact, format);
    if (is_finest<N> && !number && rounds_to_0(exact, format)) return 0.0;
    return number;
  }
}

/// The evaluation of one problem.
class Evaluation {
 public:
  Evaluation(const AnyProblem& problem, const EvaluateOptions& options)
      : problem_(problem), options_(options), divisor_(problem) {}

  Evaluated run() {
    const bool reduced = problem_.options.reduction != Reduction::none;
    const std::ptrdiff_t rows = problem_.logits.rows();
    result_.loss.resize(static_cast<std::size_t>(loss_size(problem_.options.reduction, rows)));
    if (options_.with_lse) result_.lse.resize(static_cast<std::size_t>(rows));
    const auto columns =
        columns_of(problem_.logits.cols(), {.loss = !reduced,
                                            .lse = options_.with_lse,
                                            .log_softmax = options_.log_softmax != nullptr,
                                            .gradient = options_.gradient != nullptr});
    if (!columns.empty())
      share_rows(rows, options_.threads, options_.done,
                 [&](std::size_t, std::ptrdiff_t i) { evaluate_row(i, columns); });
    if (reduced) evaluate_reduced<Ball>();
    std::sort(result_.undecided.begin(), result_.undecided.end(),
              [](const Undecided& a, const Undecided& b) {
                return std::tie(a.row, a.column) < std::tie(b.row, b.column);
              });
    return std::move(result_);
  }

 private:
  void evaluate_row(std::ptrdiff_t i, const std::vector<std::ptrdiff_t>& columns) {
    const RowProblem row = row_problem(problem_, i);
    std::vector<double> gradient(options_.gradient ? row.logits.size() : 0);
    std::vector<double> log_softmax(options_.log_softmax ? row.logits.size() : 0);
    climb(row, columns, [&]<class N>(const RowEnclosure<N>& exact, std::ptrdiff_t j) {
      if (j == loss_column)
        return keep<N>(result_.loss[static_cast<std::size_t>(i)], {i, j},
                       rounded_number(exact.loss(), options_.loss));
      if (j == lse_column)
        return keep<N>(result_.lse[static_cast<std::size_t>(i)], {i, j},
                       rounded_number(exact.log_sum_exp(), options_.loss));
      if (const std::ptrdiff_t k = class_of_log_softmax(j); is_log_softmax(j))
        return keep<N>(log_softmax[static_cast<std::size_t>(k)], {i, j},
                       rounded_number(exact.log_softmax(k), options_.grad));
      return keep<N>(gradient[static_cast<std::size_t>(j)], {i, j},
                     rounded_number(exact.gradient(j, divisor_), options_.grad));
    });
    if (options_.gradient) options_.gradient(i, gradient);
    if (options_.log_softmax) options_.log_softmax(i, log_softmax);
  }

  template <class N>
  void evaluate_reduced() {
    ReducedLoss<N> total;
    for (std::ptrdiff_t i = 0; i < problem_.logits.rows(); ++i) {
      const RowProblem row = row_problem(problem_, i);
      const RowEnclosure<N> exact(row, false);
      total.add(exact.multiple_of_loss(), exact.divisor(), exact.sign_of_total(), N());
    }
    const bool decided =
        keep<N>(result_.loss[0], {}, rounded_number(total.exact(divisor_), options_.loss));
    if constexpr (!is_finest<N>)
      if (!decided) evaluate_reduced<typename Finer<N>::type>();
  }

  /// Keeps the number as the result and tells whether there is one. Where even the finest number
  /// left none, it keeps NaN and the place, and returns true.
  template <class N>
  bool keep(double& result, Undecided place, const std::optional<double>& number) {
    result = number.value_or(not_a_number);
    if (number || !is_finest<N>) return number.has_value();
    const std::lock_guard<std::mutex> turn(places_);
    result_.undecided.push_back(place);
    return true;
  }

  const AnyProblem& problem_;
  const EvaluateOptions& options_;
  Divisor divisor_;
  std::mutex places_;
  Evaluated result_;
};

}  // namespace

Evaluated evaluate(const AnyProblem& problem, const EvaluateOptions& options) {
  return Evaluation(problem, options).run();
}

}  // namespace xent::reference
