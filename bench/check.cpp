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

#include <fmt/format.h>

#include <xent/records/error_text.hpp>
#include <xent/records/results.hpp>

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

/// The rows of the gradient, one after the other.
template <class T>
std::vector<double> gather(const MatrixView<T>& grad, const std::vector<std::ptrdiff_t>& rows) {
  std::vector<double> values;
  for (const std::ptrdiff_t i : rows)
    for (std::ptrdiff_t j = 0; j < grad.cols; ++j)
      values.push_back(static_cast<double>(grad(i, j)));
  return values;
}

/// Compares the mean and its gradient with the losses and gradients of the rows, which the
/// reference has judged: to 1e-3 and what the two roundings of each component take, since what is
/// to be found here is a wrong factor or a row left out.
template <class T>
std::string fault_of_mean(const Outputs<T>& mean, const std::vector<std::ptrdiff_t>& rows,
                          double average, const std::vector<double>& row_grads) {
  const auto loss = static_cast<double>(mean.loss[0]);
  if (loss != average && !(std::abs(loss - average) <= 1e-3 * std::abs(average)))
    return fmt::format("mean loss: got {}, expected about {}", loss, average);
  const auto count = static_cast<double>(mean.grad.rows);
  const std::vector<double> grads = gather(mean.grad, rows);
  constexpr auto smallest = static_cast<double>(std::numeric_limits<T>::denorm_min());
  const double lost = count * smallest * static_cast<double>(grads.size());
  double distance = 0, size = 0;
  for (std::size_t k = 0; k < grads.size(); ++k) {
    distance += std::abs(count * grads[k] - row_grads[k]);
    size += std::abs(row_grads[k]);
  }
  constexpr double relative = 1e-3 + 2 * unit_roundoff<T>;
  if (distance <= relative * size + lost) return "";
  return fmt::format(
      "gradient of the mean: {} times it is not that of the rows {}: off by {:.3g} of it",
      mean.grad.rows, fmt::join(rows, ", "), distance / size);
}

}  // namespace

std::vector<std::ptrdiff_t> sample_rows(Shape shape, std::ptrdiff_t logits, std::uint64_t seed) {
  const auto [rows, classes] = shape;
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
Check check(const Contract<T>& contract, const Workload<T>& workload, cases::TargetKind form,
            std::ptrdiff_t logits) {
  const cases::Recipe recipe = workload.recipe_of(form);
  const auto rows = sample_rows({recipe.rows, recipe.classes}, logits, recipe.seed);
  if (rows.empty()) return {};
  const reference::JudgeOptions options{
      .case_id = cases::to_string(recipe), .command = {}, .rows = rows};
  const Problem<T> problem = workload.problem(form, Reduction::none);
  const Outputs<T> out = run(contract, workload, problem);
  const reference::Judgement judgement = reference::judge(problem, out, &contract, options);
  Check result{.fault = fault_of(judgement.loss, "loss"),
               .loss_ulp = judgement.loss.max_ulp.value_or(0),
               .rows = std::ssize(rows)};
  if (result.fault.empty()) result.fault = fault_of(judgement.grad, "gradient");
  if (result.fault.empty() && out.grad.data != nullptr) {
    const double sum = std::accumulate(out.loss.data, out.loss.data + out.loss.size, 0.0);
    const std::vector<double> row_grads = gather(out.grad, rows);
    const Outputs<T> mean = run(contract, workload, workload.problem(form, Reduction::mean));
    result.fault = fault_of_mean(mean, rows, sum / static_cast<double>(recipe.rows), row_grads);
  }
  return result;
}

#define XENT_INSTANTIATE(T) \
  template Check check(const Contract<T>&, const Workload<T>&, cases::TargetKind, std::ptrdiff_t);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::bench
