// SPDX-License-Identifier: MIT
// SoftmaxRow: certified enclosures of what the logits alone decide. With m = max x, attained k
// times,
//
//   d_j = m - x_j,   e_j = exp(-d_j),   r = sum_{x_j < m} e_j,
//   S   = k + r,     l = log S = log1p(k - 1 + r)
//
// over the finite logits: those of -inf drop out.
#pragma once

#include <span>
#include <vector>

#include <xent/contract.hpp>

#include "reference/number.hpp"

namespace xent::reference {

/// One exponential per class; the e_j are kept only on request: 24 bytes each as Ball, about 130 as
/// Interval<28>. The logits must outlive it. Instantiated for the numbers of number.hpp.
template <class N>
class SoftmaxRow {
 public:
  SoftmaxRow(std::span<const double> logits, bool keep_exps);

  /// False where a logit is NaN or +inf, or all are -inf; nothing else may be asked then.
  bool has_maximum() const { return ties_ > 0; }

  double logit(std::ptrdiff_t j) const { return x_[static_cast<std::size_t>(j)]; }
  bool at_maximum(std::ptrdiff_t j) const { return logit(j) == maximum_; }
  double maximum() const { return maximum_; }    // m
  std::ptrdiff_t ties() const { return ties_; }  // k
  bool all_tied() const { return all_tied_; }    // r = 0 exactly: no finite logit is below m
  const N& below() const { return below_; }      // r
  const N& sum() const { return sum_; }          // S
  const N& tail() const { return tail_; }        // l

  /// e_j, of a finite logit; needs keep_exps.
  const N& exp(std::ptrdiff_t j) const;
  /// S - e_j, of a finite logit, without cancellation; needs keep_exps.
  N sum_without(std::ptrdiff_t j) const;
  /// d_j, of a finite logit.
  N distance(std::ptrdiff_t j) const;

  /// Those facts that do not depend on the targets.
  const RowFacts& facts() const { return facts_; }

 private:
  void find_maximum();
  void add_exps(bool keep_exps);

  std::span<const double> x_;
  double maximum_;
  std::ptrdiff_t ties_ = 0;
  bool all_tied_ = true;
  N below_;
  N sum_;
  N tail_;
  N one_ = N(1);         // the e_j of the maxima
  std::vector<N> exps_;  // the others
  RowFacts facts_;
};

}  // namespace xent::reference
