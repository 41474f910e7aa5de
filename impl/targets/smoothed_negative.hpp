// SPDX-License-Identifier: MIT
// Computes the smoothed probability of a q that is below 0,
//
//   (1 - eps) q + eps / C = ((1 - eps) C q + eps) / C
//
// Its two terms may cancel to any size, so the numerator is summed exactly: products and sums are
// error-free, and only the quotient is rounded.
//
// Error, relative: 2^-99. Proof: docs/error_bounds.md, lemma 6 (coefficients).
//
// Source: Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric
// predicates", Discrete Comput. Geom. 18 (1997), theorem 10 (growing an expansion).
#pragma once

#include <array>
#include <cstddef>

#include "impl/arithmetic/pair.hpp"

namespace xent::impl {

/// A sum of at most `capacity` doubles, kept exactly as an expansion: doubles in ascending order of
/// magnitude whose bits do not overlap. No addition may overflow or underflow.
template <std::size_t capacity>
class ExactSum {
 public:
  void add(double term) noexcept {
    for (std::size_t k = 0; k < size_; ++k) {
      const Pair sum = two_sum(term, parts_[k]);
      parts_[k] = sum.lo;
      term = sum.hi;
    }
    parts_[size_++] = term;
  }
  void add(Pair term) noexcept {
    add(term.lo);
    add(term.hi);
  }

  /// Returns the sum with a relative error of 2^-104.
  Pair total() const noexcept {
    ExactSum again;  // the last part of a second sum is the nearest double
    for (std::size_t k = 0; k < size_; ++k) again.add(parts_[k]);
    double rest = 0;
    for (std::size_t k = 0; k + 1 < size_; ++k) rest += again.parts_[k];
    return fast_two_sum(again.parts_[size_ - 1], rest);
  }

 private:
  std::array<double, capacity> parts_ = {};
  std::size_t size_ = 0;
};

/// Tells whether the terms of a q below 0 may cancel, for eps >= 2^-100.
inline bool may_cancel(double q) noexcept { return q < 0 && q >= -0x1p100; }

/// Returns (1 - eps) q + eps / C for a q that may_cancel(), where `kept` is 1 - eps exactly. With a
/// `unit`, a power of two, it returns the same times unit, and takes q times unit.
inline Pair smoothed_negative(double q, Pair kept, double eps, double classes,
                              double unit = 1) noexcept {
  const Pair many = two_prod(classes, q);
  ExactSum<9> sum;
  for (const double factor : {kept.lo, kept.hi}) {
    sum.add(two_prod(factor, many.lo));
    sum.add(two_prod(factor, many.hi));
  }
  sum.add(unit * eps);
  return div(sum.total(), exactly(classes));
}

}  // namespace xent::impl
