// SPDX-License-Identifier: MIT
// Coefficients: the c_j of a row of soft targets, whatever the form they are given in,
//
//   c_j = w_j ((1 - eps) q_j + eps / C).
//
// They are made block by block, so that no row of them is kept; f32 has them in double, f64 in
// pairs, which is exact enough for both.
//
// Error: relative 2^-51 in f32, 2^-98 in f64; c_j is 0 where q_j (without smoothing) or w_j is, and
// NaN where a factor in use is no finite number.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <xent/problem.hpp>

#include "impl/arithmetic/pair.hpp"

namespace xent::impl {

/// The probabilities of one row: dense, a few, or a label's.
template <class T>
struct RowProbs {
  VectorView<const T> dense = {};
  VectorView<const std::int64_t> classes = {};  // of csr
  VectorView<const T> few = {};
  std::ptrdiff_t label = -1;
};

/// Row i of csr.
template <class T>
RowProbs<T> row_probs(const Csr<T>& csr, std::ptrdiff_t i) noexcept {
  const std::int64_t begin = csr.offsets[i];
  const std::int64_t size = csr.offsets[i + 1] - begin;
  return {.classes = {csr.classes.data + begin * csr.classes.stride, size, csr.classes.stride},
          .few = {csr.probs.data + begin * csr.probs.stride, size, csr.probs.stride}};
}

template <class T>
class Coefficients {
 public:
  static constexpr std::ptrdiff_t block = 1024;

  Coefficients(const RowProbs<T>& q, VectorView<const T> weight, double smoothing,
               std::ptrdiff_t classes) noexcept
      : q_(q), weight_(weight), size_(classes), smoothing_(smoothing) {
    if (smoothing == 0) return;
    kept_ = two_sum(1, -smoothing);
    uniform_ = div(exactly(smoothing), exactly(static_cast<double>(classes)));
  }

  /// The same in smaller units: 2^256 c_j for f64, where a product with a tiny c_j would underflow.
  Coefficients lifted() const noexcept {
    Coefficients result = *this;
    if constexpr (wide) result.lift_ = 0x1p256;
    return result;
  }
  /// What c_j is in units of: 2^-256 of those that are lifted, else 1.
  double unit() const noexcept { return 1 / lift_; }

  std::ptrdiff_t size() const noexcept { return size_; }

  /// q where c = q, lifted or not, as it stands in memory; else absent.
  VectorView<const T> plain() const noexcept {
    return smoothing_ == 0 && weight_.data == nullptr ? q_.dense : VectorView<const T>{};
  }

  /// The only class whose coefficient may differ from that of the others; -1: there may be several.
  std::ptrdiff_t only_label() const noexcept { return weight_.data == nullptr ? q_.label : -1; }

  /// c_j for begin <= j < begin + n, n <= block, as hi + lo. For f32 all lo are 0.
  void read(std::ptrdiff_t begin, std::ptrdiff_t n, double* hi, double* lo) const noexcept {
    std::fill(lo, lo + n, 0.0);
    read_probs(begin, n, hi);
    if (lift_ != 1)
      for (std::ptrdiff_t j = 0; j < n; ++j) hi[j] *= lift_;
    if (smoothing_ != 0) smooth(n, hi, lo);
    if (weight_.data != nullptr) weigh(begin, n, hi, lo);
  }

  Pair operator[](std::ptrdiff_t j) const noexcept {
    Pair c;
    read(j, 1, &c.hi, &c.lo);
    return c;
  }

  /// Calls f(j, c_j) for every j, in order.
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

  void read_probs(std::ptrdiff_t begin, std::ptrdiff_t n, double* q) const noexcept {
    if (q_.dense.data != nullptr) {
      for (std::ptrdiff_t j = 0; j < n; ++j) q[j] = static_cast<double>(q_.dense[begin + j]);
      return;
    }
    std::fill(q, q + n, 0.0);
    if (q_.label >= begin && q_.label < begin + n) q[q_.label - begin] = 1;
    for (std::ptrdiff_t k = first_class(begin); k < q_.classes.size; ++k) {
      if (q_.classes[k] >= begin + n) break;
      q[q_.classes[k] - begin] = static_cast<double>(q_.few[k]);
    }
  }

  /// The first of the few classes that is not below `begin`.
  std::ptrdiff_t first_class(std::ptrdiff_t begin) const noexcept {
    std::ptrdiff_t low = 0;
    std::ptrdiff_t high = q_.classes.size;
    while (low < high) {
      const std::ptrdiff_t middle = low + (high - low) / 2;
      if (q_.classes[middle] < begin)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  void smooth(std::ptrdiff_t n, double* hi, double* lo) const noexcept {
    const Pair uniform = scale(uniform_, lift_);
    for (std::ptrdiff_t j = 0; j < n; ++j) {
      if constexpr (wide) {
        const Pair c = add(mul(kept_, exactly(hi[j])), uniform);
        hi[j] = c.hi;
        lo[j] = c.lo;
      } else {
        hi[j] = kept_.hi * hi[j] + uniform.hi;
      }
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
  double lift_ = 1;
  Pair kept_ = {1, 0};  // 1 - eps
  Pair uniform_;        // eps / C
};

/// c rounded to T, but to the smallest number where that is 0 and c is not: a class with c != 0 at
/// a logit of -inf has an infinite loss.
template <class T>
T narrowed(Pair c) noexcept {
  const auto result = static_cast<T>(c.hi);
  if (result != 0 || c.hi == 0) return result;
  return std::copysign(std::numeric_limits<T>::denorm_min(), static_cast<T>(c.hi));
}

}  // namespace xent::impl
