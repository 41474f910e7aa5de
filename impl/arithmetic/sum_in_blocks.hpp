// SPDX-License-Identifier: MIT
// Sums many terms as a pair, block by block:
//
//   sum_{0 <= j < n} term(j)
//
// Error: 2^-86 of the sum of the magnitudes for the sums within blocks of 1024 terms, and 2^-100 of
// the sum for each addition of a block. Proof: docs/error_bounds.md, lemma 3 (compensated sums).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "impl/arithmetic/pair.hpp"

namespace xent::impl {

/// How many terms have a sum of their own.
inline constexpr std::ptrdiff_t terms_in_block = 1024;

/// Returns the sum of term(j), a Pair, for 0 <= j < n. Where the sum of a block is infinite or NaN,
/// that is the result. It is inlined, so that what `term` refers to stays in registers: as a
/// function of its own it took 8 % more of a row of f32.
template <class Term>
XENT_ALWAYS_INLINE Pair sum_in_blocks(std::ptrdiff_t n, Term term) noexcept {
  Pair total;
  for (std::ptrdiff_t begin = 0; begin < n; begin += terms_in_block) {
    CompensatedSum sum;
    for (std::ptrdiff_t j = begin; j < std::min(begin + terms_in_block, n); ++j) {
      const Pair t = term(j);
      sum.add_term(t.hi, t.lo);
    }
    if (!std::isfinite(sum.hi)) return exactly(sum.hi);
    total = add(total, sum.total());
  }
  return total;
}

/// Sums terms that come one by one, in the same way. Where the sum is infinite or NaN, `hi` of the
/// total is that.
class SumInBlocks {
 public:
  /// Adds value + correction, |correction| <= ulp(value).
  void add_term(double value, double correction) noexcept {
    block_.add_term(value, correction);
    if (++terms_ < terms_in_block) return;
    blocks_ = total();
    block_ = {};
    terms_ = 0;
  }
  Pair total() const noexcept {
    const double sum = blocks_.hi + block_.hi;
    return std::isfinite(sum) ? add(blocks_, block_.total()) : exactly(sum);
  }

 private:
  Pair blocks_;
  CompensatedSum block_;
  std::ptrdiff_t terms_ = 0;
};

}  // namespace xent::impl
