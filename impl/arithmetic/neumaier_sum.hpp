// SPDX-License-Identifier: MIT
// A NeumaierSum sums double words in the arithmetic of A: it keeps a recursive sum and, beside it,
// the sum of the errors of its additions, which two-sum gives exactly (Kahan & Babuska; Neumaier
// orders the operands by size with a comparison, which two-sum does not need). After n terms that
// errs by n^2 u^2, too much in f32; so a block has at most 256 terms, and the sums of blocks are
// added as double words.
//
// Error, of the sum of magnitudes, for up to 2^22 terms: below 2^-7 u in f32, 2^-36 u in f64.
// Proof: docs/error_bounds.md, lemma 4 (sums of double words).
//
// Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM
// 54 (1974); with two-sum, Ogita, Rump & Oishi, "Accurate sum and dot product", SIAM J. Sci.
// Comput. 26 (2005).
#pragma once

#include <cmath>

#include "impl/arithmetic/double_word.hpp"

namespace xent::impl {

/// The sum of the double words that were added, at first 0.
template <class A>
class NeumaierSum {
 public:
  void add(DoubleWord<A> term) noexcept {
    const DoubleWord<A> sum = exact_sum(block_.hi, term.hi);
    block_ = {sum.hi, block_.lo + (sum.lo + term.lo)};
    if (++terms_ < largest_block) return;
    blocks_ = total();
    block_ = {};
    terms_ = 0;
  }

  /// Returns the sum. Where it is infinite or NaN, hi is that and lo is 0.
  DoubleWord<A> total() const noexcept {
    const A sum = blocks_.hi + block_.hi;
    if (!std::isfinite(sum)) return {sum, 0};
    return blocks_ + exact_sum(block_.hi, block_.lo);
  }

 private:
  static constexpr int largest_block = 256;
  DoubleWord<A> blocks_, block_;
  int terms_ = 0;
};

}  // namespace xent::impl
