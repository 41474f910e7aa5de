// SPDX-License-Identifier: MIT
// Judge: the ruler laid on results. Every number is compared with the certified enclosure of its
// exact value, the precision raised until the error in ulp is known.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>

#include <xent/any_problem.hpp>
#include <xent/contract.hpp>
#include <xent/record.hpp>

#include "reference/workers.hpp"

namespace xent::reference {

/// The bounds of a contract; absent where null.
struct Bounds {
  ErrorBound (*loss)(const RowFacts&) noexcept = nullptr;
  ErrorBound (*grad)(const RowFacts&, const GradFacts&) noexcept = nullptr;
  ErrorBound (*lse)(const RowFacts&) noexcept = nullptr;
};

/// What is judged beside what.
struct JudgeOptions {
  std::string case_id = {};  // goes into the witnesses
  std::string command = {};  // so does this
  /// Only these rows, in any order: losses of Reduction::none and gradients. Empty: all. A reduced
  /// loss is always judged over all rows.
  std::span<const std::ptrdiff_t> rows = {};
  std::optional<Format> ulp_of = {};  // absent: that of the results
  /// In ulp: that no error is above it, or which are, is certain.
  double limit = std::numeric_limits<double>::infinity();
  /// Whether it is decided which results are the nearest. A contract does not ask, and some ties
  /// are beyond what the finest number tells apart.
  bool nearest = true;
  int threads = 1;
  RowsDone done = {};
};

struct Judgement {
  ErrorStats loss;           // count 0 where there is none
  ErrorStats grad;           // count 0 where there is no gradient
  ErrorStats grad_at_label;  // of `grad`, the components at the labels
  ErrorStats lse;            // count 0 where there is none
};

/// Judges the outputs of a problem that has passed validate(); ulp and u are those of the outputs'
/// element types, unless told otherwise. With bounds, each error is also set against its bound
/// (ErrorStats::max_ratio); results outside the policy for NaN and inf count in the categories. The
/// result does not depend on the number of threads.
Judgement judge(const AnyProblem& problem, const AnyOutputs& got, const Bounds& bounds,
                const JudgeOptions& options = {});

/// The same, with the bounds of the contract, if any.
template <class T>
Judgement judge(const Problem<T>& problem, const Outputs<T>& got, const Contract<T>* contract,
                const JudgeOptions& options = {}) {
  const Bounds bounds =
      contract == nullptr ? Bounds()
                          : Bounds{contract->loss_bound, contract->grad_bound, contract->lse_bound};
  return judge(AnyProblem(problem), AnyOutputs(got), bounds, options);
}

/// Adds the statistics of `more` to `total`; witnesses of the larger maxima stay. Quantiles become
/// the larger of the two.
void merge(ErrorStats& total, const ErrorStats& more);

}  // namespace xent::reference
