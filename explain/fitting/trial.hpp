// SPDX-License-Identifier: MIT
// A trial is one variant of a hypothesis, or a pair of them, set against the results.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "explain/fitting/agreement.hpp"
#include "explain/fitting/fit.hpp"
#include "explain/fitting/sample.hpp"
#include "explain/hypothesis.hpp"

namespace xent::explain {

/// A variant, with a second one of a reduction where it is a pair.
struct Attempt {
  const Hypothesis* hypothesis = nullptr;
  Variant variant;
  std::size_t variants = 1;  // of how many it is one: a choice that agreement has to pay for
  const Hypothesis* reduction = nullptr;
  Variant of_reduction = {};

  /// Returns the problem's own formula, or that with the reduction planted.
  Formula base() const;
};

struct Trial {
  Attempt attempt;
  std::optional<Fitted> fitted = {};
  Tallies tallies = {};
};

/// Returns all variants that apply.
std::vector<Attempt> attempts(const Doubt& doubt);

/// Returns the pairs of a row's hypothesis with a reduction's, where there is a reduction.
std::vector<Attempt> pairs(const Doubt& doubt);

/// Tries attempts on the rows: on the sample first and, where most of those agree, on all.
std::vector<Trial> try_rows(const Given& given, const Sample& sample,
                            const std::vector<Attempt>& all);

/// The losses of the rows by the formulas that were tried, so that pairs need not compute them
/// again.
class LossesOfRows {
 public:
  const RowLosses& of(const Given& given, const Attempt& attempt, const Formula& formula);

 private:
  std::map<std::string, RowLosses> kept_;
};

/// Tries attempts on the reduced loss alone; the rows of the sample say how the rest agrees.
std::vector<Trial> try_reduced(const Given& given, const Sample& sample,
                               const std::vector<Attempt>& all, LossesOfRows& losses);

}  // namespace xent::explain
