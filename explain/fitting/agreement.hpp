// SPDX-License-Identifier: MIT
// Agreement compares a candidate with the results, row by row.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "explain/fitting/given.hpp"

namespace xent::explain {

/// How one quantity of one row, or the reduced loss, agrees with a candidate.
struct Match {
  bool compared = false;  // the doubt has it, and the candidate says what it is
  bool right = false;     // it is that of the problem
  bool agrees = false;
  double bits = 0;       // what the agreement tells, Predicted::bits()
  double deviation = 0;  // in tolerances
  double relative = 0;   // |got - predicted| beside the larger of them, or of the row's gradient
};

using Matches = std::array<Match, all_quantities.size()>;

/// How all rows of one quantity agree.
struct Tally {
  std::ptrdiff_t rows = 0;       // that are compared
  std::ptrdiff_t agreed = 0;     // with the candidate
  std::ptrdiff_t wrong = 0;      // that are not those of the problem
  std::ptrdiff_t explained = 0;  // of the wrong ones, those that agree
  std::ptrdiff_t left_out = 0;   // wrong ones of which the candidate says nothing
  std::ptrdiff_t telling = 0;    // of the explained ones, those with bits
  double bits = 0;               // of the explained ones
  double most_bits = 0;          // of one of them
  double relative = 0;           // the largest of those that agree
  double squares = 0;            // of the deviations of the explained ones

  void add(const Match& match);
};

using Tallies = std::array<Tally, all_quantities.size()>;

/// Compares row i. `exact` is that row by the problem's own formula.
Matches match_row(const Given& given, std::ptrdiff_t i, const Prediction& predicted,
                  const Prediction& exact);

/// Compares all rows, and the reduced loss; threads share them.
Tallies tally_all(const Given& given, const Candidate& candidate);

/// The losses of all rows by a formula, from which each reduction of them follows.
class RowLosses {
 public:
  RowLosses(const Given& given, const Formula& formula);
  Predicted reduced(const Given& given, const Candidate& candidate) const;

 private:
  std::vector<RowShare> rows_;
};

/// Compares the reduced loss.
Tally tally_reduced(const Given& given, const Predicted& predicted);

}  // namespace xent::explain
