// SPDX-License-Identifier: MIT
// One row of the mutants' kernel, in extended precision, with the places where a mistake can be:
//
//   m = max x,  e_j = exp(x_j - m),  R = sum_{j != a} e_j,  l = log1p(R)
//   loss = v (sum_j c_j (m - x_j + l) + k (m + l)^2),   z = 2 k (m + l)
//   g_j = v (e_j (sum_{k != j} c_k + z) - c_j sum_{k != j} e_k) / (1 + R) slope_j
//
// where x are the mapped logits, of that slope.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <vector>

#include <xent/mapped_logit.hpp>
#include <xent/problem.hpp>

#include "tests/mutants/mutant_targets.hpp"

namespace xent::tests {

/// A gradient component as a T.
template <class T, Mistake mistake>
T rounded(long double g) {
  if (mistake != Mistake::gradient_truncated) return static_cast<T>(static_cast<double>(g));
  const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(g));
  return static_cast<T>(std::bit_cast<float>(bits & 0xFFFF0000U));
}

template <class T, Mistake mistake>
class MutantRow {
 public:
  MutantRow(const Problem<T>& problem, std::ptrdiff_t i) : targets_(problem, i) {
    if (targets_.ignored && mistake != Mistake::ignored_read) return;
    const std::ptrdiff_t classes = problem.logits.cols;
    for (std::ptrdiff_t j = 0; j < classes; ++j) {
      const auto x = static_cast<long double>(problem.logits(i, j));
      const Options& options = problem.options;
      x_.push_back(mistake == Mistake::nan_dropped && std::isnan(x) ? -infinity
                                                                    : mapped(options, x));
      const long double least = std::numeric_limits<long double>::denorm_min();  // times inf: inf
      slope_.push_back(
          mistake == Mistake::slope_left_out ? 1 : std::max(mapped_slope(options, x), least));
    }
    if (mistake == Mistake::tail_dropped && classes % 8 == 1 && classes > 1) x_.back() = -infinity;
    sum_exponentials();
  }

  long double loss() const {
    if (!known_) return std::numeric_limits<long double>::quiet_NaN();
    long double sum = 0;
    for (std::size_t j = 0; j < x_.size(); ++j)
      if (targets_.c[j] != 0) sum += targets_.c[j] * (term(j) + targets_.log_of(j));
    const long double z = targets_.z_loss == 0 ? 0 : targets_.z_loss * lse() * lse();
    return weighted(sum * targets_.factor + z) + 0.0L;
  }

  /// Over n; of an ignored row 0.
  long double gradient(std::ptrdiff_t column, long double n) const {
    if (x_.empty()) return 0;
    const long double g = sum_gradient(column);
    const long double of_x = g * slope_[static_cast<std::size_t>(column)];
    return (mistake == Mistake::row_weight_of_loss_alone ? of_x : weighted(of_x)) / n;
  }

 private:
  static constexpr long double infinity = std::numeric_limits<long double>::infinity();

  static long double mapped(Options options, long double x) {
    if (mistake == Mistake::mask_capped && options.softcap != 0 && x == -infinity)
      x = -0x1p60L * options.softcap;
    if (mistake == Mistake::divided_before_capped && options.temperature != 0) {
      x /= options.temperature;
      options.temperature = 0;
    }
    return mapped_logit(options, x);
  }

  // v times the number, 0 where v is 0.
  long double weighted(long double number) const {
    if (targets_.row_weight == 0) return std::isnan(number) ? number : 0;
    return targets_.row_weight * number;
  }

  long double sum_gradient(std::ptrdiff_t column) const {
    const auto j = static_cast<std::size_t>(column);
    if (!known_) return std::numeric_limits<long double>::quiet_NaN();
    const std::vector<long double>& c = targets_.c;
    if (mistake == Mistake::label_left_out && c[j] == 1) return 0;
    if (mistake == Mistake::first_maximum && j != argmax_ && e_[j] == 1) return 0;
    const long double p = e_[j] / (1 + others_);
    if (mistake == Mistake::sign_of_small && p < 0x1p-20L) return -p;
    if (mistake == Mistake::p_minus_one && column == targets_.label && c[j] == 1)
      return static_cast<long double>(static_cast<T>(static_cast<double>(p)) - T{1});
    long double mass = 0;
    long double tail = 0;
    if (mistake != Mistake::z_without_gradient && targets_.z_loss != 0 &&
        std::isfinite(targets_.factor))
      mass = 2 * targets_.z_loss * lse();
    for (std::size_t k = 0; k < x_.size(); ++k) {
      if (k == j) continue;
      mass += c[k];
      if (k != argmax_) tail += e_[k];
    }
    if (j != argmax_) tail += 1;
    // in this order: what the division rounds to 0 is infinite times an infinite weight
    return (e_[j] * mass - c[j] * tail) * targets_.factor / (1 + others_);
  }

  void sum_exponentials() {
    known_ =
        std::none_of(x_.begin(), x_.end(), [](auto x) { return !(x < infinity); }) &&
        std::all_of(targets_.c.begin(), targets_.c.end(), [](auto c) { return std::isfinite(c); });
    argmax_ = static_cast<std::size_t>(std::max_element(x_.begin(), x_.end()) - x_.begin());
    known_ = known_ && targets_.known && x_[argmax_] != -infinity;
    for (long double& x : x_)
      if (mistake == Mistake::mask_is_finite && x == -infinity) x = x_[argmax_] - 20;
    for (std::size_t j = 0; j < x_.size(); ++j) {
      const long double e = std::exp(x_[j] - x_[argmax_]);
      // not 0 of a finite logit: times an infinite weight that is an infinity
      const long double least = std::numeric_limits<long double>::denorm_min();
      e_.push_back(x_[j] == -infinity ? 0 : std::max(e, least));
      if (mistake == Mistake::subnormal_rounded && e_[j] < std::numeric_limits<LossOf<T>>::min())
        e_[j] = static_cast<LossOf<T>>(e_[j]);
      if (j != argmax_) others_ += e_[j];
    }
    if (mistake == Mistake::rise_unscaled) others_ = sum_of_rises() - 1;
    if (mistake == Mistake::exponents_unaligned) others_ = sum_of_mantissas() - 1;
  }

  // In one pass, but a rise of the maximum leaves what was summed as it is.
  long double sum_of_rises() const {
    long double m = -infinity;
    long double sum = 0;
    for (const long double x : x_) {
      m = std::max(m, x);
      if (x != -infinity) sum += std::exp(x - m);
    }
    return sum;
  }

  // Of exp(x_j) = mantissa_j 2^(n_j), over that of the maximum; all n_j are taken for the same.
  long double sum_of_mantissas() const {
    constexpr long double log_2 = std::numbers::ln2_v<long double>;
    const auto mantissa = [](long double x) {
      return x == -infinity ? 0 : std::exp(x - std::nearbyint(x / log_2) * log_2);
    };
    long double sum = 0;
    for (const long double x : x_) sum += mantissa(x) / mantissa(x_[argmax_]);
    return sum;
  }

  long double lse() const { return x_[argmax_] + std::log1p(others_); }

  // lse - x_j
  long double term(std::size_t j) const {
    if (mistake == Mistake::unshifted) {
      LossOf<T> sum = 0;
      for (const long double x : x_) sum += std::exp(static_cast<LossOf<T>>(x));
      return static_cast<long double>(std::log(sum)) - x_[j];
    }
    if (mistake == Mistake::shift_added_back) {
      const auto lse = static_cast<LossOf<T>>(x_[argmax_] + std::log1p(others_));
      return static_cast<long double>(lse - static_cast<LossOf<T>>(x_[j]));
    }
    const long double l =
        mistake == Mistake::base_two ? std::log2(1 + others_) : std::log1p(others_);
    return x_[argmax_] - x_[j] + l;
  }

  MutantTargets<T, mistake> targets_;
  std::vector<long double> x_, e_;  // empty: the row is ignored
  std::vector<long double> slope_;
  std::size_t argmax_ = 0;
  long double others_ = 0;  // R
  bool known_ = true;       // neither NaN nor +inf, and not -inf only
};

}  // namespace xent::tests
