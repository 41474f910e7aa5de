// SPDX-License-Identifier: MIT
// Coefficients gives the c_j of a row of soft targets, whatever form the targets have:
//
//   c_j = w_j ((1 - eps) q_j + eps / C)
//
// They are made block by block, so that no row of them is stored: as doubles for f32 and 16-bit
// logits, as pairs for f64. c_j is 0 where w_j is 0, or q_j without smoothing, and NaN where a
// weight in use is not finite.
//
// Error, relative: 2^-51 in f32, 2^-98 in f64. Proof: docs/error_bounds.md, lemma 6 (coefficients).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <xent/view.hpp>

#include "impl/arithmetic/pair.hpp"
#include "impl/targets/row_probs.hpp"
#include "impl/targets/smoothed_prob.hpp"

namespace xent::impl {

/// The coefficients of one row. It refers to probabilities and weights, and copies neither.
template <class T>
class Coefficients {
 public:
  /// The most coefficients that read() gives at a time.
  static constexpr std::ptrdiff_t block = 1024;

  Coefficients(const RowProbs<T>& q, VectorView<const T> weight, double smoothing,
               std::ptrdiff_t classes) noexcept
      : q_(q), weight_(weight), size_(classes), smoothing_(smoothing) {
    if (smoothing == 0) return;
    kept_ = two_sum(1, -smoothing);
    uniform_ = div(exactly(smoothing), exactly(static_cast<double>(classes)));
  }

  /// Returns coefficients that are scaled, 2^256 c_j, for f64, where a product with a tiny c_j
  /// would underflow; for other types the same coefficients.
  Coefficients scaled() const noexcept {
    Coefficients result = *this;
    if constexpr (wide) result.factor_ = 0x1p256;
    return result;
  }
  /// The unit of the coefficients: 2^-256 where they are scaled, else 1.
  double unit() const noexcept { return 1 / factor_; }

  std::ptrdiff_t size() const noexcept { return size_; }

  /// Returns the dense probabilities where c_j = q_j but for the unit; else an absent view.
  VectorView<const T> plain() const noexcept {
    return smoothing_ == 0 && weight_.data == nullptr ? q_.dense : VectorView<const T>{};
  }

  /// Returns the only class whose coefficient may differ from that of the others, or -1 where
  /// several may.
  std::ptrdiff_t only_label() const noexcept { return weight_.data == nullptr ? q_.label : -1; }

  /// Writes c_j = hi[j - begin] + lo[j - begin], in unit(), for begin <= j < begin + n, n <= block.
  /// All lo are 0 but for f64.
  void read(std::ptrdiff_t begin, std::ptrdiff_t n, double* hi, double* lo) const noexcept {
    std::fill(lo, lo + n, 0.0);
    read_probs(q_, begin, n, hi);
    if (factor_ != 1)
      for (std::ptrdiff_t j = 0; j < n; ++j) hi[j] *= factor_;
    if (smoothing_ != 0) smooth(n, hi, lo);
    if (weight_.data != nullptr) weigh(begin, n, hi, lo);
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
    for (std::ptrdiff_t begin = 0; begin < size_; begin += block) {
      const std::ptrdiff_t n = std::min(block, size_ - begin);
      read(begin, n, hi, lo);
      for (std::ptrdiff_t j = 0; j < n; ++j) f(begin + j, Pair{hi[j], lo[j]});
    }
  }

 private:
  static constexpr bool wide = sizeof(T) == 8;

  void smooth(std::ptrdiff_t n, double* hi, double* lo) const noexcept {
    const Pair uniform = scale(uniform_, factor_);
    std::int64_t below_0 = 0;  // in all lanes at once, as a loop that ends early is not
    for (std::ptrdiff_t j = 0; j < n; ++j) below_0 |= hi[j] < 0 ? 1 : 0;
    if (!wide && below_0 == 0) {
      for (std::ptrdiff_t j = 0; j < n; ++j) hi[j] = kept_.hi * hi[j] + uniform.hi;
      return;
    }
    for (std::ptrdiff_t j = 0; j < n; ++j) {
      const Pair c =
          may_cancel(hi[j] * unit())
              ? smoothed_negative(hi[j], kept_, smoothing_, static_cast<double>(size_), factor_)
              : add(mul(kept_, exactly(hi[j])), uniform);
      hi[j] = c.hi;
      if (wide) lo[j] = c.lo;
    }
  }

  void weigh(std::ptrdiff_t begin, std::ptrdiff_t n, double* hi, double* lo) const noexcept {
    for (std::ptrdiff_t j = 0; j < n; ++j) {
      const auto w = static_cast<double>(weight_[begin + j]);
      Pair c = {hi[j] * w, 0};
      if (wide && std::isfinite(c.hi)) c = mul({hi[j], lo[j]}, exactly(w));
      if (w == 0 || hi[j] == 0) c = {};
      hi[j] = std::isfinite(c.hi) ? c.hi : std::numeric_limits<double>::quiet_NaN();
      lo[j] = c.lo;
    }
  }

  RowProbs<T> q_;
  VectorView<const T> weight_;
  std::ptrdiff_t size_;
  double smoothing_;
  double factor_ = 1;
  Pair kept_ = {1, 0};  // 1 - eps
  Pair uniform_;        // eps / C
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
