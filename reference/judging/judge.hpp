// SPDX-License-Identifier: MIT
// The judge lays the ruler on all results of a problem: it compares each result with the certified
// enclosure of its exact value, with finer and finer numbers until the error in ulp is known.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>

#include <xent/any_problem.hpp>
#include <xent/contract.hpp>
#include <xent/records/results.hpp>

#include "reference/workers.hpp"

namespace xent::reference {

/// Says which rows of a case a judge compares with the reference, and what it decides about them.
struct JudgeOptions {
  std::string case_id = {};  // goes into the witnesses
  std::string command = {};  // so does this
  /// The rows whose losses (for Reduction::none), log-sum-exps and gradients are judged, in any
  /// order. Empty: all. A reduced loss is always judged over all rows.
  std::span<const std::ptrdiff_t> rows = {};
  std::optional<Format> ulp_of = {};  // absent: that of the results
  /// A limit in ulp: for each error it is decided on which side of the limit it lies.
  double limit = std::numeric_limits<double>::infinity();
  /// Where true, the judge decides for each result whether it is the number nearest to the exact
  /// value. A contract does not need that, and the finest enclosure cannot tell some ties from
  /// their neighbours.
  bool nearest = true;
  int threads = 1;
  RowsDone done = {};
};

/// The errors of all results that were judged.
struct Judgement {
  ErrorStats loss;           // count 0 where there is none
  ErrorStats grad;           // count 0 where there is no gradient
  ErrorStats grad_at_label;  // of `grad`, the components at the labels
  ErrorStats lse;            // count 0 where there is none
  ErrorStats log_softmax;    // count 0 where there is none; its bound is that of a loss
};

/// Judges the outputs `got` of a problem that has passed validate(). ulp and u are those of the
/// outputs' element types, unless options.ulp_of is set. With bounds, each error is also divided by
/// its bound (ErrorStats::max_ratio). NaN and inf that the policy does not allow count in the
/// categories. The judgement does not depend on the number of threads.
Judgement judge(const AnyProblem& problem, const AnyOutputs& got, const Bounds& bounds,
                const JudgeOptions& options = {});

/// Judges with the bounds of the contract, or without bounds where it is nullptr.
template <class T>
Judgement judge(const Problem<T>& problem, const Outputs<T>& got, const Contract<T>* contract,
                const JudgeOptions& options = {}) {
  const Bounds bounds = contract == nullptr ? Bounds() : contract->bounds();
  return judge(AnyProblem(problem), AnyOutputs(got), bounds, options);
}

/// Adds the statistics of `more` to `total`. The larger maxima stay, with their witnesses; each
/// quantile becomes the larger of the two.
void merge(ErrorStats& total, const ErrorStats& more);

}  // namespace xent::reference
