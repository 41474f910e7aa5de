// SPDX-License-Identifier: MIT
// ExtendedRow: one row in extended precision, enough for the bounds of a contract and independent
// of the certified oracle.
//
//   m = max x,  d_j = m - x_j,  e_j = exp(-d_j),  R = sum_{j != a} e_j (a one argmax),  l =
//   log1p(R) loss = sum_j |q_j| d_j + Q l,   p_j = e_j / (1 + R),   1 - p_j = (sum_{k != j} e_k) /
//   (1 + R)
#pragma once

#include <cstddef>
#include <vector>

#include <xent/contract.hpp>
#include <xent/problem.hpp>

namespace xent::properties {

/// Facts of a row whose target weights are not negative, each within a relative 2^-40. Of a row
/// that holds NaN or +inf, or -inf only, nothing is known and every number is NaN.
template <class T>
class ExtendedRow {
 public:
  ExtendedRow(const Problem<T>& problem, std::ptrdiff_t row);

  const RowFacts& facts() const { return facts_; }
  /// The loss of the row; +inf where a class of weight q_j != 0 is masked.
  long double loss() const;
  /// D = sum_j q_j d_j, infinite where the loss is.
  long double gap() const;
  /// Q = sum_j q_j.
  long double mass() const { return mass_; }

  /// With the 1/N of the mean.
  GradFacts grad_facts(std::ptrdiff_t j) const;
  /// The sum of the magnitudes of the two terms of a gradient component, with the 1/N of the mean.
  long double grad_size(std::ptrdiff_t j) const;

 private:
  long double distance(std::ptrdiff_t j) const;
  void find_max();
  void sum_exponentials();
  void weigh_targets();

  std::vector<T> x_;
  std::vector<T> q_;
  std::vector<long double> e_;
  std::size_t argmax_ = 0;
  long double max_ = 0;
  long double others_ = 0;  // R
  long double mass_ = 0;    // Q
  long double gap_ = 0;     // of the finite logits
  long double scale_ = 1;
  bool infinite_ = false;
  RowFacts facts_;
};

}  // namespace xent::properties
