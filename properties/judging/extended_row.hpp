// SPDX-License-Identifier: MIT
// ExtendedRow: one row in extended precision, enough for the bounds of a contract and independent
// of the certified reference.
#pragma once

#include <cstddef>
#include <vector>

#include <xent/any_problem.hpp>
#include <xent/bounds.hpp>

#include "reference/row_problem.hpp"

namespace xent::properties {

/// Facts of a row, each within a relative 2^-40. Distances of mapped logits are within 2^-60 of the
/// logits; the loss, D and Q, which may cancel, are within 2^-40 of the sum of the magnitudes of
/// their terms. Of a row that holds NaN or +inf, or -inf only, nothing is known and every number is
/// NaN. Of an ignored row every number is 0.
class ExtendedRow {
 public:
  ExtendedRow(const AnyProblem& problem, std::ptrdiff_t row);

  const RowFacts& facts() const { return facts_; }
  /// The loss of the row. A masked class makes it +inf where c_j > 0 and -inf where c_j < 0; NaN
  /// where there are both.
  long double loss() const;
  /// The sum of the magnitudes of its terms at finite logits.
  long double loss_size() const;
  /// D = v sum_j c_j (max z - z_j), infinite or NaN where the loss is.
  long double gap() const;
  /// Q = v sum_j c_j.
  long double total() const;
  /// v c_j.
  long double coefficient(std::ptrdiff_t j) const;

  /// dz_j / dx_j
  long double slope(std::ptrdiff_t j) const;

  /// Of the row's own loss.
  GradFacts grad_facts(std::ptrdiff_t j) const;
  /// The sum of the magnitudes of the two terms of a gradient component of the row's own loss.
  long double grad_size(std::ptrdiff_t j) const;

 private:
  /// v times the number, 0 where v is 0.
  long double weighted(long double number) const;
  long double distance(std::ptrdiff_t j) const;
  void find_max();
  void sum_exponentials();
  void weigh_targets();
  /// sum_j |c_j|
  long double size_of_total() const;
  /// |m| + l
  long double lse_size() const;

  reference::RowProblem row_;
  std::vector<long double> c_;
  std::vector<long double> z_;
  std::vector<long double> e_;
  std::size_t argmax_ = 0;
  long double max_ = 0;
  long double others_ = 0;        // R
  long double tail_ = 0;          // l
  std::size_t largest_ = 0;       // a j of the largest |c_j|
  long double rest_ = 0;          // Q without that c_j
  long double size_of_rest_ = 0;  // sum_j |c_j| without it
  long double gap_ = 0;       // D of the finite logits; of a divergence the loss without k lse^2
  long double gap_size_ = 0;  // the sum of the magnitudes of its terms
  long double masked_ = 0;    // the sum of the infinite terms
  RowFacts facts_;
};

}  // namespace xent::properties
