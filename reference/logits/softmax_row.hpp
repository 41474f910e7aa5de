// SPDX-License-Identifier: MIT
// A SoftmaxRow has certified enclosures of all that depends on the logits of a row alone, which a
// softcap and a temperature map to z = f(x) (reference/logits/logit_map.hpp). With m = max x,
// attained k times,
//
//   d_j = f(m) - f(x_j),   e_j = exp(-d_j),   r = sum_{x_j < m} e_j,
//   S   = k + r,           l = log S = log1p(k - 1 + r)
//
// over the finite logits; those of -inf drop out. f rises strictly: so z_j is largest where x_j is.
// Given log-probabilities and probabilities have no softmax: e_j = 0, S = 1 and l = 0, and the
// caller asks no distance.
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include <xent/bounds.hpp>

#include "reference/logits/logit_map.hpp"
#include "reference/numbers/number.hpp"

namespace xent::reference {

/// Computes one exponential for each class. The e_j are kept only on request: they take 24 bytes
/// each as Ball, about 130 as Interval<28>. The logits must outlive it. Instantiated for the
/// numbers of number.hpp.
template <class N>
class SoftmaxRow {
 public:
  SoftmaxRow(std::span<const double> logits, const Options& options, bool keep_exps);

  /// Returns false where a logit is NaN or +inf, or all are -inf; only logit() and facts() may be
  /// called then.
  bool has_maximum() const { return ties_ > 0; }

  double logit(std::ptrdiff_t j) const { return x_[static_cast<std::size_t>(j)]; }
  bool at_maximum(std::ptrdiff_t j) const { return logit(j) == maximum_; }
  const N& maximum() const { return top_; }      // f(m)
  std::ptrdiff_t ties() const { return ties_; }  // k
  bool all_tied() const { return all_tied_; }    // r = 0 exactly: no finite logit is below m
  const N& below() const { return below_; }      // r
  const N& sum() const { return sum_; }          // S
  const N& tail() const { return tail_; }        // l

  /// Returns e_j, for a finite logit; needs keep_exps.
  const N& exp(std::ptrdiff_t j) const;
  /// Returns S - e_j, without cancellation, for a finite logit; needs keep_exps.
  N sum_without(std::ptrdiff_t j) const;
  /// Returns d_j, for a finite logit.
  N distance(std::ptrdiff_t j) const;
  /// Returns f'(x_j), and that of 0 for a logit of -inf.
  N slope(std::ptrdiff_t j) const { return map_.slope(std::isfinite(logit(j)) ? logit(j) : 0); }

  /// Returns d_j in double arithmetic, at most the largest double, for a finite logit.
  double distance_in_double(std::ptrdiff_t j) const;

  /// Returns the facts that do not depend on the targets; the others are 0.
  const RowFacts& facts() const { return facts_; }

 private:
  void find_maximum();
  void be_without_softmax();
  void add_exps(bool keep_exps);
  double distance_in_double(const N& minus_d, double x) const;

  std::span<const double> x_;
  Options options_;
  LogitMap<N> map_;
  double maximum_;  // m
  N top_;
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
