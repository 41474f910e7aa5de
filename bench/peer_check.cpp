// SPDX-License-Identifier: MIT
// PeerCheck: a bound of its own in place of the contract that a peer lacks.

#include "bench/peer_check.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "reference/divisor.hpp"
#include "reference/judging/judge.hpp"

namespace xent::bench {
namespace {

template <class T>
constexpr double tolerance = 1e-3 + 2 * unit_roundoff<T>;

/// ErrorBound counts in units of the result's roundoff.
template <class T>
Bounds bounds() {
  return {.loss = [](const RowFacts&) -> ErrorBound {
            constexpr double units = tolerance<T> / unit_roundoff<LossOf<T>>;
            return {.relative = units, .absolute = units};
          },
          .grad = [](const RowFacts&, const GradFacts& component) -> ErrorBound {
            return {.absolute = tolerance<T> / unit_roundoff<T> * component.scale};
          },
          .lse_error = [](const RowFacts&) { return tolerance<T>; }};
}

std::string fault_of(const ErrorStats& stats, std::string_view quantity) {
  const Categories& c = stats.categories;
  const bool no_numbers = c.nan_unexpected + c.inf_unexpected != 0;
  if (stats.max_ratio <= 1 && !no_numbers) return "";
  const Witness& w = stats.max_ratio > 1 ? stats.ratio_witness : stats.category_witness;
  return fmt::format("{} of row {}{} is plainly wrong: got {}, expected {}", quantity, w.row,
                     w.column >= 0 ? fmt::format(" column {}", w.column) : "", w.got, w.expected);
}

/// Outputs that are not written are NaN.
template <class T>
Outputs<T> run(const PeerCall& call, const Workload<T>& workload, Reduction reduction) {
  workload.loss.fill(std::numeric_limits<LossOf<T>>::quiet_NaN());
  workload.grad.fill(std::numeric_limits<T>::quiet_NaN());
  call.run();
  call.deliver();
  return workload.outputs(reduction);
}

/// What is timed beside the losses of all rows, and its gradient in the sampled ones.
template <class T>
std::string fault_of_timed(const Outputs<T>& timed, double sum, const Problem<T>& problem,
                           const reference::JudgeOptions& options) {
  if (problem.options.reduction != Reduction::none) {
    const auto loss = static_cast<double>(timed.loss[0]);
    const double expected = sum / reference::Divisor(AnyProblem(problem)).value();
    if (!(std::abs(loss - expected) <= tolerance<T> * (1 + std::abs(expected))))
      return fmt::format("the {} is plainly wrong: got {}, expected about {}",
                         to_string(problem.options.reduction), loss, expected);
  }
  if (timed.grad.data == nullptr) return "";
  return fault_of(
      reference::judge(AnyProblem(problem), AnyOutputs(Outputs<T>{.loss = {}, .grad = timed.grad}),
                       bounds<T>(), options)
          .grad,
      "gradient");
}

}  // namespace

template <class T>
Check check_peer(const Peer& peer, const Workload<T>& workload, const Form& form,
                 std::ptrdiff_t logits) {
  const cases::Recipe recipe = workload.recipe_of(form);
  const auto rows = sample_rows(workload.shape, logits, recipe.seed);
  const reference::JudgeOptions options{
      .case_id = cases::to_string(recipe), .command = {}, .rows = rows};
  const auto computed = [&](Reduction reduction, bool gradient) {
    return run(peer.prepare<T>()(workload, form, reduction, gradient), workload, reduction);
  };
  const Outputs<T> out = computed(Reduction::none, false);
  const ErrorStats stats =
      reference::judge(AnyProblem(workload.problem(form, Reduction::none)),
                       AnyOutputs(Outputs<T>{.loss = out.loss}), bounds<T>(), options)
          .loss;
  Check result{.fault = fault_of(stats, "loss"),
               .loss_ulp = stats.max_ulp.value_or(0),
               .rows = std::ssize(rows)};
  if (!result.fault.empty()) return result;
  const double sum = std::accumulate(out.loss.data, out.loss.data + out.loss.size, 0.0);
  const bool gradient = out.grad.data != nullptr;
  result.fault = fault_of_timed(computed(recipe.reduction, gradient), sum,
                                workload.problem(form, recipe.reduction), options);
  return result;
}

#define XENT_INSTANTIATE(T) \
  template Check check_peer(const Peer&, const Workload<T>&, const Form&, std::ptrdiff_t);
XENT_EACH_TYPE(XENT_INSTANTIATE)
#undef XENT_INSTANTIATE

}  // namespace xent::bench
