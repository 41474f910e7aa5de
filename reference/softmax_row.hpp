// SPDX-License-Identifier: MIT
// SoftmaxRow: certified enclosures of what the logits alone decide. With m = max x, attained k
// times,
//
//   d_j = m - x_j,  e_j = exp(-d_j),  r = sum_{x_j < m} e_j,  S = k + r,  l = log S = log1p(k - 1 +
//   r)
//
// over the finite logits: those of -inf drop out.
#pragma once

#include <vector>

#include <xent/contract.hpp>

#include "reference/interval.hpp"

namespace xent::reference {

/// One exponential per class; the e_j are kept only on request, about 130 bytes per class at the
/// first precision. The view must outlive it.
template <unsigned Digits, class T>
class SoftmaxRow {
 public:
  SoftmaxRow(VectorView<const T> logits, bool keep_exps);

  /// False where a logit is NaN or +inf, or all are -inf; nothing else may be asked then.
  bool has_maximum() const { return ties_ > 0; }

  double logit(std::ptrdiff_t j) const { return static_cast<double>(x_[j]); }
  bool at_maximum(std::ptrdiff_t j) const { return logit(j) == maximum_; }
  double maximum() const { return maximum_; }    // m
  std::ptrdiff_t ties() const { return ties_; }  // k
  bool all_tied() const { return all_tied_; }    // r = 0 exactly: no finite logit is below m
  const Interval<Digits>& below() const { return below_; }  // r
  const Interval<Digits>& sum() const { return sum_; }      // S
  const Interval<Digits>& tail() const { return tail_; }    // l

  /// e_j, of a finite logit; needs keep_exps.
  const Interval<Digits>& exp(std::ptrdiff_t j) const;
  /// S - e_j, of a finite logit, without cancellation; needs keep_exps.
  Interval<Digits> sum_without(std::ptrdiff_t j) const;
  /// d_j, of a finite logit.
  Interval<Digits> distance(std::ptrdiff_t j) const;

  /// Those facts that do not depend on the targets.
  const RowFacts& facts() const { return facts_; }

 private:
  void find_maximum();
  void add_exps(bool keep_exps);

  VectorView<const T> x_;
  double maximum_;
  std::ptrdiff_t ties_ = 0;
  bool all_tied_ = true;
  Interval<Digits> below_;
  Interval<Digits> sum_;
  Interval<Digits> tail_;
  Interval<Digits> one_ = 1;            // the e_j of the maxima
  std::vector<Interval<Digits>> exps_;  // the others
  RowFacts facts_;
};

}  // namespace xent::reference
