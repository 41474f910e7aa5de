// SPDX-License-Identifier: MIT
// NastyBatch: six rows on which an implementation may go wrong: ties, a confident row, a confident
// mistake, masked classes, logits far apart, no softmax; and the targets of each form.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include <xent/contract.hpp>

#include "tests/properties/every_problem.hpp"

namespace xent::tests {

/// Arrays packed row after row.
template <class T>
struct NastyBatch {
  std::ptrdiff_t rows = 0;
  std::vector<T> logits;
  std::vector<std::int64_t> labels;
  std::vector<T> probs;
  std::vector<T> weight;
  std::vector<LossOf<T>> row_weight;
  std::vector<std::int64_t> csr_offsets = {0};
  std::vector<std::int64_t> csr_classes;
  std::vector<T> csr_probs;

  /// Inside the domain.
  NastyBatch(const Asked& asked, const Domain& domain) : asked_(asked), domain_(domain) {
    constexpr std::ptrdiff_t all_rows = 6;
    const bool one = asked.layout == Layout::one_row;
    rows = one ? 1 : all_rows;
    for (std::ptrdiff_t i = 0; i < rows; ++i) add_row(one ? (asked.classes + 2) % all_rows : i);
    for (std::ptrdiff_t j = 0; j < asked.classes; ++j)
      weight.push_back(static_cast<T>(asked.layout == Layout::broadcast ? 0.3 : weight_of(j)));
    for (std::ptrdiff_t i = 0; i < rows; ++i) {
      constexpr double of_rows[all_rows] = {0.3, 2, -1.7, 0, 1, 40};
      row_weight.push_back(
          static_cast<LossOf<T>>(asked.layout == Layout::broadcast ? 0.7 : of_rows[i]));
    }
  }

 private:
  std::ptrdiff_t classes() const { return asked_.classes; }
  bool is_broadcast() const { return asked_.layout == Layout::broadcast; }
  /// A class with weight 0, and masked in row 3.
  bool is_masked(std::ptrdiff_t j) const { return classes() > 1 && j % 4 == 1; }

  /// Different in each class and row, in [-1, 1).
  static double noise(std::ptrdiff_t row, std::ptrdiff_t j) {
    const double x = 0.6180339887498949 * static_cast<double>(1 + j + 101 * row);
    return 2 * (x - std::floor(x)) - 1;
  }

  double weight_of(std::ptrdiff_t j) const {
    if (is_masked(j)) return 0;
    return j == 4 ? -0.7 : 0.3 + 0.1 * static_cast<double>(j % 7);
  }

  std::int64_t label_of(std::ptrdiff_t row) const {
    if (row == 5 && asked_.ignore) return *asked_.ignore;
    const std::ptrdiff_t masked = classes() > 1 && asked_.weight ? 1 : 0;
    const std::ptrdiff_t last = classes() - 1;
    const std::ptrdiff_t of_rows[] = {0, last / 2, 0, masked, last, last};
    return of_rows[row];
  }

  /// A masked class with a target makes the loss infinite, and a reduced loss says no more then.
  bool has_masks() const {
    return asked_.reduction == Reduction::none || asked_.smoothing == 0 || asked_.weight;
  }
  bool has_special() const {
    return (asked_.has_labels() && asked_.ignore) ||
           (domain_.special && asked_.reduction == Reduction::none);
  }

  /// Makes a row of no softmax: one of -inf only, one with +inf, one with NaN.
  double special() const {
    constexpr double inf = std::numeric_limits<double>::infinity();
    return classes() == 1 ? -inf : classes() == 2 ? inf : std::nan("");
  }

  double logit(std::ptrdiff_t row, std::ptrdiff_t j) const {
    const double x = noise(row, j);
    switch (row) {
      case 0: return j % 2 == 0 ? 0.75 : -0.5;
      case 1: return j == (classes() - 1) / 2 ? 40 : 5 * x;
      case 2: return j == classes() - 1 ? 60 : 3 * x;
      case 3: return is_masked(j) && has_masks() ? -std::numeric_limits<double>::infinity() : 8 * x;
      case 4: return std::clamp(700 * x, domain_.min_logit, domain_.max_logit);
      default: return j == classes() / 3 && has_special() ? special() : 1e-3 * x;
    }
  }

  /// Rows that do not sum to 1, with zeros, and a number below zero.
  double prob(std::ptrdiff_t row, std::ptrdiff_t j) const {
    if (asked_.form == Form::one_hot)
      return j == (row == 5 ? classes() - 1 : label_of(row)) ? 1 : 0;
    if (row == 0) return 1 / static_cast<double>(classes());
    if ((row + 2 * j) % 3 == 0 || (row == 3 && is_masked(j))) return 0;
    return row == 2 && j == 7 ? -0.25 : (1.5 + noise(row + 6, j)) / static_cast<double>(classes());
  }

  void add_row(std::ptrdiff_t row) {
    constexpr std::ptrdiff_t repeated = 1;  // where every row is the same memory
    labels.push_back(label_of(row));
    for (std::ptrdiff_t j = 0; j < classes(); ++j) {
      logits.push_back(static_cast<T>(logit(is_broadcast() ? repeated : row, j)));
      probs.push_back(static_cast<T>(prob(is_broadcast() ? repeated : row, j)));
      if (row == 4 || (row + j) % 3 == 1) continue;  // row 4 is empty; zeros are kept
      csr_classes.push_back(j);
      csr_probs.push_back(static_cast<T>(prob(row, j)));
    }
    csr_offsets.push_back(std::ssize(csr_classes));
  }

  const Asked& asked_;
  const Domain& domain_;
};

}  // namespace xent::tests
