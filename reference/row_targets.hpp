// SPDX-License-Identifier: MIT
// RowTargets: the target weights q of one row, whatever the form they are given in, and their sums
//
//   sum_{i != j} q_i = rest                    j = b
//                    = q_b + (rest - q_j)      else,      rest = sum_{i != b} q_i
//
// With b one of the largest |q_i|, and weights of one sign, the difference is never small beside
// q_b.
#pragma once

#include <cmath>
#include <variant>

#include <xent/problem.hpp>

#include "reference/interval.hpp"

namespace xent::reference {

/// q_j = [j = y] for labels. The views of the problem must outlive it.
template <unsigned Digits, class T>
class RowTargets {
 public:
  RowTargets(const Problem<T>& problem, std::ptrdiff_t row) {
    if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets))
      label_ = static_cast<std::ptrdiff_t>((*labels)[row]);
    else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&problem.targets))
      label_ = (*labels32)[row];
    else
      probs_ = std::get<Probs<T>>(problem.targets).row(row);
    sum(problem.logits.cols);
  }

  /// q_j, exactly.
  double operator[](std::ptrdiff_t j) const {
    if (probs_.data == nullptr) return j == label_ ? 1 : 0;
    return static_cast<double>(probs_[j]);
  }

  /// False where a weight is NaN or infinite; the sums mean nothing then.
  bool finite() const { return finite_; }

  Interval<Digits> total() const { return largest_ + rest_; }

  /// The sum of all but q_j.
  Interval<Digits> total_without(std::ptrdiff_t j) const {
    if (j == largest_at_) return rest_;
    return largest_ + (rest_ - (*this)[j]);
  }

 private:
  void sum(std::ptrdiff_t classes) {
    const RowTargets& q = *this;
    largest_at_ = 0;
    for (std::ptrdiff_t j = 0; j < classes; ++j) {
      if (std::abs(q[j]) > std::abs(q[largest_at_])) largest_at_ = j;
      finite_ = finite_ && std::isfinite(q[j]);
    }
    if (!finite_) return;
    largest_ = q[largest_at_];
    for (std::ptrdiff_t j = 0; j < classes; ++j)
      if (j != largest_at_ && q[j] != 0) rest_ += q[j];
  }

  std::ptrdiff_t label_ = -1;
  VectorView<const T> probs_;
  bool finite_ = true;
  std::ptrdiff_t largest_at_ = 0;  // b
  Interval<Digits> largest_;       // q_b
  Interval<Digits> rest_;
};

}  // namespace xent::reference
