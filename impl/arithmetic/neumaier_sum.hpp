// SPDX-License-Identifier: MIT
// NeumaierSum: the sum of double words, in the arithmetic of A. A recursive sum, beside it the sum
// of its errors, which two-sum gives exactly (Kahan & Babuska; Neumaier's order by size needs a
// comparison, two-sum does not). That errs by n^2 u^2 after n terms, too much in f32; so n is 256
// at most, and the sums of such blocks are added as double words.
//
// Error: below 2^-7 u of the sum of magnitudes, for up to 2^22 terms in f32. Proof:
// docs/error_bounds.md, lemma 4 (sums of double words).
//
// Source: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM
// 54 (1974); with two-sum, Ogita, Rump & Oishi, "Accurate sum and dot product", SIAM J. Sci.
// Comput. 26 (2005).
#pragma once

#include <cmath>

#include "impl/arithmetic/double_word.hpp"

namespace xent::impl {

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

  /// Of a sum that is infinite or NaN, hi alone says so.
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
