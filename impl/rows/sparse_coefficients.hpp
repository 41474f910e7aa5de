// SPDX-License-Identifier: MIT
// The coefficients of a row all of whose classes but a few have the same one: those of a label that
// is smoothed, and of csr. With o that of the others, eps / C or 0, and n the number of classes,
//
//   Q = sum_j c_j = n o + sum_l d_l,   d_l = c_l - o = (1 - eps) q_l, times w_l where o is 0,
//
// l running over the few. With o > 0 no d_l is below 0, so that nothing cancels in Q.
//
// Error: 2^-98 of sum_j |c_j|. Proof: docs/error_bounds.md, lemma 92 (sparse coefficients).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "impl/arithmetic/pair.hpp"
#include "impl/rows/soft_gradient.hpp"
#include "impl/targets/coefficients.hpp"

namespace xent::impl {

/// The few classes and what the others share. It refers to the coefficients and does not copy them.
template <class T>
class SparseCoefficients {
 public:
  /// The most classes apart from the others, and the least classes of a row for each of them: with
  /// more it takes longer than computing them all.
  static constexpr std::ptrdiff_t most = 64;
  static constexpr std::ptrdiff_t least_classes_for_each = 32;

  explicit SparseCoefficients(const Coefficients<T>& c) noexcept : c_(c) {
    const RowProbs<T>& q = c.probs();
    if (q.dense.data != nullptr) return;
    count_ = q.label >= 0 ? 1 : q.classes.size;
    smooths_ = c.options().label_smoothing != 0;
    if (smooths_) others_ = scale(c.row_options().uniform(), 1 / c.unit());
    is_sparse_ = count_ <= most && count_ * least_classes_for_each <= c.size() && are_alike();
    if (is_sparse_) make_coefficients();
  }
  SparseCoefficients(const SparseCoefficients&) = delete;  // the numbers of `most` classes
  SparseCoefficients& operator=(const SparseCoefficients&) = delete;

  /// Tells whether the row has that form, with coefficients of the others that are 0 or so large
  /// that their products are normal numbers.
  bool is_sparse() const noexcept { return is_sparse_; }

  /// How many classes are apart from the others.
  std::ptrdiff_t count() const noexcept { return count_; }
  std::ptrdiff_t class_at(std::ptrdiff_t l) const noexcept {
    const RowProbs<T>& q = c_.probs();
    return q.label >= 0 ? q.label : q.classes[l];
  }
  /// Returns c_l and d_l, in the unit of the coefficients.
  Pair at(std::ptrdiff_t l) const noexcept { return {hi_[l], lo_[l]}; }
  const double* hi() const noexcept { return hi_; }
  const double* lo() const noexcept { return lo_; }
  Pair excess(std::ptrdiff_t l) const noexcept {
    if (!smooths_) return at(l);
    return mul(c_.row_options().kept(), exactly(prob(l) / c_.unit()));
  }
  /// Returns o, in the unit of the coefficients.
  Pair others() const noexcept { return others_; }
  bool has_others() const noexcept { return smooths_; }
  double unit() const noexcept { return c_.unit(); }
  ZLoss z_loss() const noexcept { return c_.z_loss(); }

  /// Returns the sums of all coefficients.
  Mass mass() const noexcept {
    const auto rest_count = static_cast<double>(c_.size() - count_);
    Pair largest = others_;
    Pair rest = mul(others_, exactly(std::max(0.0, rest_count - 1)));
    double size = std::abs(others_.hi) * rest_count;
    for (std::ptrdiff_t l = 0; l < count_; ++l) {
      Pair c_l = at(l);
      size += std::abs(c_l.hi);
      if (std::abs(c_l.hi) > std::abs(largest.hi)) std::swap(c_l, largest);
      rest = add(rest, c_l);
    }
    return {largest, rest, size};
  }

 private:
  double prob(std::ptrdiff_t l) const noexcept {
    const RowProbs<T>& q = c_.probs();
    return q.label >= 0 ? 1 : static_cast<double>(q.few[l]);
  }

  bool are_alike() const noexcept {
    if (!smooths_) return true;
    if (c_.size() < least_smoothed_classes) return false;
    if (c_.row_options().weight().data != nullptr) return false;
    if (!(c_.row_options().uniform().hi >= least_others)) return false;
    for (std::ptrdiff_t l = 0; l < count_; ++l)
      if (!(prob(l) >= 0)) return false;
    return true;
  }

  void make_coefficients() noexcept {
    for (std::ptrdiff_t l = 0; l < count_; ++l) {
      hi_[l] = prob(l) / c_.unit();
      lo_[l] = 0;
      c_.row_options().make_coefficients(class_at(l), 1, 1 / c_.unit(), hi_ + l, lo_ + l);
    }
  }

  static constexpr double least_others = 0x1p-60;
  /// With fewer a part of both terms of a component that cancels would be too large (lemma 92).
  static constexpr std::ptrdiff_t least_smoothed_classes = sizeof(T) == 8 ? 385 : 257;

  const Coefficients<T>& c_;
  std::ptrdiff_t count_ = 0;
  Pair others_;
  bool smooths_ = false, is_sparse_ = false;
  double hi_[most], lo_[most];  // c_l, of count_ classes
};

/// Returns the numbers that the components of a row share, its log-sum-exp being `lse`. For f32 and
/// 16-bit logits the z-loss is in the sums of the coefficients.
template <class T>
SoftGradient sparse_gradient_of(const WholeRow& row, const SparseCoefficients<T>& c, Pair lse,
                                Pair scale) noexcept {
  SoftGradient gradient = {row, c.mass(), div(scale, row.total()), c.unit()};
  if constexpr (sizeof(T) == 8)
    gradient.z = c.z_loss().scaled_mass(lse);
  else
    gradient.mass.add_to_others(c.z_loss().mass(lse));
  return gradient;
}

}  // namespace xent::impl
