// SPDX-License-Identifier: MIT
// Reduces the losses of the rows as a formula does.
#pragma once

#include <cstddef>

#include "explain/formula/formula.hpp"
#include "explain/formula/scales.hpp"

namespace xent::explain {

/// Takes the losses of `rows` rows one after the other, and gives the reduced loss. Formula and
/// scales must outlive it.
class LossReduction {
 public:
  LossReduction(const Formula& formula, const Scales& scales, std::ptrdiff_t rows);

  /// Adds the loss of row i, in the order of the rows.
  void add(std::ptrdiff_t i, double loss);

  double value() const;

 private:
  const Formula& formula_;
  const Scales& scales_;
  double sum_;             // of the scaled losses
  double narrow_sum_ = 0;  // of the losses, rounded to Arithmetic::reduction after each
};

}  // namespace xent::explain
