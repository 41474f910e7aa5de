// SPDX-License-Identifier: MIT
// Judge: the ruler laid on results. Every number is compared with the certified enclosure of its
// exact value, the precision raised until the error in ulp is known.
#pragma once

#include <span>
#include <string>

#include <xent/contract.hpp>
#include <xent/problem.hpp>
#include <xent/record.hpp>

namespace xent::reference {

/// What is judged beside what.
struct JudgeOptions {
  std::string case_id = {};  // goes into the witnesses
  std::string command = {};  // so does this
  /// Only these rows, in any order: losses of Reduction::none and gradients. Empty: all. A reduced
  /// loss is always judged over all rows.
  std::span<const std::ptrdiff_t> rows = {};
};

struct Judgement {
  ErrorStats loss;
  ErrorStats grad;  // count 0 where there is no gradient
};

/// Judges the outputs of `problem`. With a contract, each error is also set against its bound
/// (ErrorStats::max_ratio); results outside the policy for NaN and inf count in the categories.
template <class T>
Judgement judge(const Problem<T>& problem, const Outputs<T>& got, const Contract<T>* contract,
                const JudgeOptions& options = {});

/// Adds the statistics of `more` to `total`; witnesses of the larger maxima stay. Quantiles become
/// the larger of the two.
void merge(ErrorStats& total, const ErrorStats& more);

}  // namespace xent::reference
