// SPDX-License-Identifier: MIT
// Check: the outputs judged on a sample of rows. They are NaN beforehand, so that nothing passes
// that was not written.

#include "bench/check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <set>
#include <variant>

#include <fmt/format.h>

#include <xent/records/error_text.hpp>
#include <xent/records/results.hpp>

#include "reference/divisor.hpp"
#include "reference/judging/judge.hpp"

namespace xent::bench {
namespace {

/// The categories that occurred, with their counts.
std::string describe(const Categories& c) {
  std::string text;
  for (const CategoryName& one : all_categories)
    if (c.*one.member != 0) text += fmt::format(", {} {}", c.*one.member, one.words);
  return text;
}

/// "" where the errors keep the contract, else the worst of them.
std::string fault_of(const ErrorStats& stats, std::string_view quantity) {
  if (stats.max_ratio <= 1 && stats.breaches() == 0) return "";
  const Witness& w = stats.telling_witness();
  return fmt::format("{} of row {}{}: got {}, expected {} ({} of the contract{})", quantity, w.row,
                     w.column >= 0 ? fmt::format(" column {}", w.column) : "", w.got, w.expected,
                     error_text(stats.max_ratio.value_or(0)), describe(stats.categories));
}

template <class T>
Outputs<T> run(const Contract<T>& contract, const Workload<T>& workload,
               const Problem<T>& problem) {
  workload.loss.fill(std::numeric_limits<LossOf<T>>::quiet_NaN());
  workload.grad.fill(std::numeric_limits<T>::quiet_NaN());
  const Outputs<T> out = workload.outputs(problem.options.reduction);
  contract.kernel(problem, out);
  return out;
}

/// The rows of the gradient, one after the other; nothing where there is none.
template <class T>
std::vector<double> gather(const MatrixView<T>& grad, const std::vector<std::ptrdiff_t>& rows) {
  std::vector<double> values;
  if (grad.data == nullptr) return values;
  for (const std::ptrdiff_t i : rows)
    for (std::ptrdiff_t j = 0; j < grad.cols; ++j)
      values.push_back(static_cast<double>(grad(i, j)));
  return values;
}

/// Compares a mean or a sum, and its gradient if there is one, with the sum of the losses of all
/// rows and the gradients of some, which the reference has judged: to 1e-3 and what the two
/// roundings of each component take, since what is to be found here is a wrong factor or a row left
/// out. The result is the sum over the divisor.
template <class T>
std::string fault_of_reduced(const Outputs<T>& reduced, double divisor, double sum,
                             const std::vector<std::ptrdiff_t>& rows,
                             const std::vector<double>& row_grads) {
  const auto loss = static_cast<double>(reduced.loss[0]);
  const double expected = sum / divisor;
  if (loss != expected && !(std::abs(loss - expected) <= 1e-3 * std::abs(expected)))
    return fmt::format("reduced loss: got {}, expected about {}", loss, expected);
  if (reduced.grad.data == nullptr) return "";
  const std::vector<double> grads = gather(reduced.grad, rows);
  constexpr auto smallest = static_cast<double>(std::numeric_limits<T>::denorm_min());
  const double lost = divisor * smallest * static_cast<double>(grads.size());
  double distance = 0, size = 0;
  for (std::size_t k = 0; k < grads.size(); ++k) {
    distance += std::abs(divisor * grads[k] - row_grads[k]);
    size += std::abs(row_grads[k]);
  }
  constexpr double relative = 1e-3 + 2 * unit_roundoff<T>;
  if (distance <= relative * size + lost) return "";
  return fmt::format(
      "gradient of the reduced loss: {} times it is not that of the rows {}: off by {:.3g} of it",
      divisor, fmt::join(rows, ", "), distance / size);
}

}  // namespace

std::vector<std::ptrdiff_t> sample_rows(const Shape& shape, std::ptrdiff_t logits,
                                        std::uint64_t seed) {
  const std::ptrdiff_t rows = shape.rows, classes = shape.classes;
  const std::ptrdiff_t affordable = logits / std::max<std::ptrdiff_t>(classes, 1);
  const std::ptrdiff_t most = std::min(rows, std::clamp<std::ptrdiff_t>(affordable, 1, 8));
  std::mt19937_64 random(seed);
  std::set<std::ptrdiff_t> sample;
  for (const std::ptrdiff_t i : {std::ptrdiff_t{0}, rows - 1, rows / 2})
    if (std::ssize(sample) < most) sample.insert(i);
  while (std::ssize(sample) < most)
    sample.insert(static_cast<std::ptrdiff_t>(random() % static_cast<std::uint64_t>(rows)));
  return {sample.begin(), sample.end()};
}

template <class T>
Check check(const Contract<T>& contract, const Workload<T>& workload, const Form& form,
            std::ptrdiff_t logits) {
  const cases::Recipe recipe = workload.recipe_of(form);
  const auto rows = sample_rows(workload.shape, logits, recipe.seed);
  if (rows.empty()) return {};
  const reference::JudgeOptions options{
      .case_id = cases::to_string(recipe), .command = {}, .rows = rows};
  const Problem<T> problem = workload.problem(form, Reduction::none);
  const Outputs<T> out = run(contract, workload, problem);
  const Contract<T>* const judged_by = contract.promises_bounds ? &contract : nullptr;
  const reference::Judgement judgement = reference::judge(problem, out, judged_by, options);
  Check result{.fault = fault_of(judgement.loss, "loss"),
               .loss_ulp = judgement.loss.max_ulp.value_or(0),
               .rows = std::ssize(rows)};
  if (result.fault.empty()) result.fault = fault_of(judgement.grad, "gradient");
  if (!result.fault.empty() || recipe.reduction == Reduction::none) return result;
  const double sum = std::accumulate(out.loss.data, out.loss.data + out.loss.size, 0.0);
  const std::vector<double> row_grads = gather(out.grad, rows);
  const Problem<T> timed = workload.problem(form, recipe.reduction);
  const double divisor = reference::Divisor(AnyProblem(timed)).value();
  result.fault = fault_of_reduced(run(contract, workload, timed), divisor, sum, rows, row_grads);
  return result;
}

#define XENT_INSTANTIATE(T) \
  template Check check(const Contract<T>&, const Workload<T>&, const Form&, std::ptrdiff_t);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::bench
