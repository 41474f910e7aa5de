// SPDX-License-Identifier: MIT
// The sample is the few rows on which hypotheses are tried first.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "explain/fitting/agreement.hpp"
#include "explain/fitting/given.hpp"

namespace xent::explain {

class Sample {
 public:
  /// Chooses at most 16 rows: the wrong ones that are farthest off, others of them evenly, and some
  /// that are right.
  explicit Sample(const Given& given);

  const std::vector<std::ptrdiff_t>& rows() const { return rows_; }
  bool empty() const { return rows_.empty(); }

  /// Returns how the rows agree; nothing as soon as most of those that are wrong do not.
  std::optional<Tallies> tally(const Candidate& candidate) const;

 private:
  const Given& given_;
  std::vector<std::ptrdiff_t> rows_;
  std::vector<Prediction> exact_;  // by the problem's own formula
};

}  // namespace xent::explain
