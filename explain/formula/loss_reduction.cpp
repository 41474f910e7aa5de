// SPDX-License-Identifier: MIT
// Reduces the losses of the rows as a formula does.
#include "explain/formula/loss_reduction.hpp"

#include <cmath>

#include "explain/formula/rounding.hpp"

namespace xent::explain {

LossReduction::LossReduction(const Formula& formula, const Scales& scales, std::ptrdiff_t rows)
    : formula_(formula),
      scales_(scales),
      sum_(rows == 0 ? 0 * scales.of_all : 0) {}  // the mean of no rows is 0 / 0

void LossReduction::add(std::ptrdiff_t i, double loss) {
  sum_ += scales_[i] * loss;
  if (const auto narrow = formula_.arithmetic.reduction)
    narrow_sum_ = rounded_to(narrow_sum_ + loss, *narrow);
}

double LossReduction::value() const {
  double value = sum_;
  if (formula_.arithmetic.reduction) value = narrow_sum_ * scales_.of_all;
  if (const auto total = formula_.arithmetic.total)
    value = rounded_to(sum_ / scales_.of_all, *total) * scales_.of_all;
  return formula_.exponential ? std::exp(value) : value;
}

}  // namespace xent::explain
