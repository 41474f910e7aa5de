// SPDX-License-Identifier: MIT
// One row of the mutants' kernel, in extended precision, with the places where a mistake can be:
//
//   m = max x,  e_j = exp(x_j - m),  R = sum_{j != a} e_j,  l = log1p(R)
//   loss = sum_j q_j (m - x_j + l),  g_j = (e_j sum_{k != j} q_k - q_j sum_{k != j} e_k) / (1 + R)
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <variant>
#include <vector>

#include <xent/problem.hpp>

namespace xent::tests {

enum class Flaw {
  none,
  unshifted,
  p_minus_one,
  nan_dropped,
  negative_zero,
  base_two,
  shift_added_back,
  first_maximum,
  sign_of_small,
  label_left_out,
  tail_dropped,
  odd_rows_apart,
  mean_of_one_more,
  label_off_by_one,
  gradient_unscaled,
  mask_is_finite,
  stride_ignored,
  stateful,
};

template <class T, Flaw flaw>
class MutantRow {
 public:
  MutantRow(const Problem<T>& problem, std::ptrdiff_t i) {
    const std::ptrdiff_t classes = problem.logits.cols;
    for (std::ptrdiff_t j = 0; j < classes; ++j) {
      const auto x = static_cast<long double>(problem.logits(i, j));
      x_.push_back(flaw == Flaw::nan_dropped && std::isnan(x) ? -infinity : x);
    }
    if (flaw == Flaw::tail_dropped && classes % 8 == 1 && classes > 1) x_.back() = -infinity;
    q_.assign(x_.size(), 0);
    if (const auto* probs = std::get_if<Probs<T>>(&problem.targets))
      for (std::size_t j = 0; j < q_.size(); ++j)
        q_[j] = static_cast<long double>((*probs)(i, static_cast<std::ptrdiff_t>(j)));
    else
      set_label(problem, i);
    sum_exponentials();
  }

  T loss() const {
    if (!known_) return std::numeric_limits<T>::quiet_NaN();
    long double sum = 0;
    for (std::size_t j = 0; j < x_.size(); ++j)
      if (q_[j] != 0) sum += q_[j] * term(j);
    return static_cast<T>(sum);
  }

  /// Of Reduction::sum.
  long double gradient(std::ptrdiff_t column) const {
    const auto j = static_cast<std::size_t>(column);
    if (!known_) return std::numeric_limits<long double>::quiet_NaN();
    if (flaw == Flaw::label_left_out && q_[j] == 1) return 0;
    if (flaw == Flaw::first_maximum && j != argmax_ && e_[j] == 1) return 0;
    const long double p = e_[j] / (1 + others_);
    if (flaw == Flaw::sign_of_small && p < 0x1p-20L) return -p;
    if (flaw == Flaw::p_minus_one && q_[j] == 1)
      return static_cast<long double>(static_cast<T>(p) - T{1});
    long double mass = 0;
    long double tail = 0;
    for (std::size_t k = 0; k < x_.size(); ++k) {
      if (k == j) continue;
      mass += q_[k];
      if (k != argmax_) tail += e_[k];
    }
    if (j != argmax_) tail += 1;
    return (e_[j] * mass - q_[j] * tail) / (1 + others_);
  }

 private:
  static constexpr long double infinity = std::numeric_limits<long double>::infinity();

  void set_label(const Problem<T>& problem, std::ptrdiff_t i) {
    std::ptrdiff_t y = 0;
    if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets))
      y = static_cast<std::ptrdiff_t>((*labels)[i]);
    if (const auto* labels = std::get_if<Labels<std::int32_t>>(&problem.targets)) y = (*labels)[i];
    if (flaw == Flaw::label_off_by_one) y = (y + 1) % problem.logits.cols;
    q_[static_cast<std::size_t>(y)] = 1;
  }

  void sum_exponentials() {
    known_ = std::none_of(x_.begin(), x_.end(), [](auto x) { return !(x < infinity); }) &&
             std::none_of(q_.begin(), q_.end(), [](auto q) { return !std::isfinite(q); });
    argmax_ = static_cast<std::size_t>(std::max_element(x_.begin(), x_.end()) - x_.begin());
    known_ = known_ && x_[argmax_] != -infinity;
    for (long double& x : x_)
      if (flaw == Flaw::mask_is_finite && x == -infinity) x = x_[argmax_] - 20;
    for (std::size_t j = 0; j < x_.size(); ++j) {
      e_.push_back(std::exp(x_[j] - x_[argmax_]));
      if (j != argmax_) others_ += e_[j];
    }
  }

  // lse - x_j
  long double term(std::size_t j) const {
    if (flaw == Flaw::unshifted) {
      T sum = 0;
      for (const long double x : x_) sum += std::exp(static_cast<T>(x));
      return static_cast<long double>(std::log(sum)) - x_[j];
    }
    if (flaw == Flaw::shift_added_back) {
      const auto lse = static_cast<T>(x_[argmax_] + std::log1p(others_));
      return static_cast<long double>(lse - static_cast<T>(x_[j]));
    }
    const long double l = flaw == Flaw::base_two ? std::log2(1 + others_) : std::log1p(others_);
    return x_[argmax_] - x_[j] + l;
  }

  std::vector<long double> x_, q_, e_;
  std::size_t argmax_ = 0;
  long double others_ = 0;  // R
  bool known_ = true;       // neither NaN nor +inf, and not -inf only
};

}  // namespace xent::tests
