// SPDX-License-Identifier: MIT
// Coefficients gives the c_j of a row of soft targets, whatever form the targets have, by the
// formula of impl/targets/row_options.hpp. They are made block by block, so that no row of them is
// stored: as doubles for f32 and 16-bit logits, as pairs for f64.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <xent/view.hpp>

#include "impl/arithmetic/pair.hpp"
#include "impl/targets/row_options.hpp"
#include "impl/targets/row_probs.hpp"

namespace xent::impl {

/// The coefficients of one row. It refers to probabilities and weights, and copies neither.
template <class T>
class Coefficients {
 public:
  /// The most coefficients that read() gives at a time.
  static constexpr std::ptrdiff_t block = 1024;

  Coefficients(const RowProbs<T>& q, const RowOptions<T>& options) noexcept
      : q_(q), options_(options) {}

  /// Returns coefficients that are scaled, 2^256 c_j, for f64, where a product with a tiny c_j
  /// would underflow; for other types the same coefficients.
  Coefficients scaled() const noexcept {
    Coefficients result = *this;
    if constexpr (wide) result.factor_ = 0x1p256;
    return result;
  }
  /// The unit of the coefficients: 2^-256 where they are scaled, else 1.
  double unit() const noexcept { return 1 / factor_; }

  std::ptrdiff_t size() const noexcept { return options_.classes(); }
  ZLoss z_loss() const noexcept { return options_.z_loss(); }
  const RowProbs<T>& probs() const noexcept { return q_; }
  const RowOptions<T>& row_options() const noexcept { return options_; }
  /// Returns the options of the problem.
  const Options& options() const noexcept { return options_.problem_options(); }

  /// Returns the dense probabilities where c_j = q_j but for the unit; else an absent view.
  VectorView<const T> plain() const noexcept {
    return options_.keeps_probs() ? q_.dense : VectorView<const T>{};
  }

  /// Returns the only class whose coefficient may differ from that of the others, or -1 where
  /// several may.
  std::ptrdiff_t only_label() const noexcept { return options_.keeps_ties() ? q_.label : -1; }

  /// Writes c_j = hi[j - begin] + lo[j - begin], in unit(), for begin <= j < begin + n, n <= block.
  /// All lo are 0 but for f64.
  void read(std::ptrdiff_t begin, std::ptrdiff_t n, double* hi, double* lo) const noexcept {
    std::fill(lo, lo + n, 0.0);
    read_probs(q_, begin, n, hi);
    if (factor_ != 1)
      for (std::ptrdiff_t j = 0; j < n; ++j) hi[j] *= factor_;
    options_.make_coefficients(begin, n, factor_, hi, lo);
  }

  Pair operator[](std::ptrdiff_t j) const noexcept {
    Pair c;
    read(j, 1, &c.hi, &c.lo);
    return c;
  }

  /// Calls f(j, c_j) for every class j, in order.
  template <class F>
  void for_each(F f) const noexcept {
    double hi[block];
    double lo[block];
    for (std::ptrdiff_t begin = 0; begin < size(); begin += block) {
      const std::ptrdiff_t n = std::min(block, size() - begin);
      read(begin, n, hi, lo);
      for (std::ptrdiff_t j = 0; j < n; ++j) f(begin + j, Pair{hi[j], lo[j]});
    }
  }

 private:
  static constexpr bool wide = sizeof(T) == 8;

  RowProbs<T> q_;
  RowOptions<T> options_;
  double factor_ = 1;
};

/// Returns c rounded to T, but the smallest number with the sign of c where that is 0 and c is not:
/// a class with c != 0 at a logit of -inf has an infinite loss.
template <class T>
T narrowed(Pair c) noexcept {
  const auto result = static_cast<T>(c.hi);
  if (result != 0 || c.hi == 0) return result;
  return std::copysign(std::numeric_limits<T>::denorm_min(), static_cast<T>(c.hi));
}

}  // namespace xent::impl
