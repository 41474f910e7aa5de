// SPDX-License-Identifier: MIT
// The z-loss of a row adds to its loss and to the gradient of soft targets
//
//   k lse^2   and   p_j z,   z = 2 k lse,   so that g_j = p_j (A_j + z) - c_j sum_{i != j} p_i
//
// with A_j = sum_{i != j} c_i. It draws the log-sum-exp to 0. The log-sum-exp is taken as a pair,
// before it is rounded to its type, and so are the square and z. A square beyond the range of
// double is in units of huge_unit, since a mean may bring it back; a square and a z that may be
// below its normal numbers are in units of tiny_unit, since weights, a temperature and the divisor
// of a mean may bring them back.
//
// Error of the square and of z, relative, besides that of the log-sum-exp: 2^-96. Proof:
// docs/error_bounds.md, lemma 81 (z-loss).
//
// Source: Chowdhery et al., "PaLM: scaling language modeling with pathways", arXiv:2204.02311,
// section 5.
#pragma once

#include <cmath>
#include <limits>

#include "impl/arithmetic/pair.hpp"
#include "impl/arithmetic/scaled_pair.hpp"

namespace xent::impl {

/// The z-loss with the factor k <= 1/2, which is 0 where there is none.
class ZLoss {
 public:
  explicit ZLoss(double k) noexcept : k_(k) {}

  bool is_present() const noexcept { return k_ != 0; }

  /// Returns a number that |z| does not exceed, for a row of at most 2^63 classes.
  double largest_mass(double maximum) const noexcept { return 2 * k_ * (std::abs(maximum) + 64); }

  /// Returns z = 2 k lse, which is finite, and 0 without a z-loss.
  Pair mass(Pair lse) const noexcept { return k_ == 0 ? Pair{} : mul(lse, exactly(2 * k_)); }

  /// Returns the same in tiny_unit where it is below 2^-256, so that it does not underflow.
  ScaledPair scaled_mass(Pair lse) const noexcept {
    if (!is_near_zero(lse)) return {mass(lse)};
    return {mass(scale(lse, 1 / tiny_unit)), tiny_unit};
  }

  /// Returns z of a log-sum-exp in the wider type W, in which it may be beyond the range of double.
  template <class W>
  W wide_mass(W lse) const noexcept {
    return static_cast<W>(2 * k_) * lse;
  }

  /// Returns z as a number of the type A of the arithmetic.
  template <class A>
  A mass_in(Pair lse) const noexcept {
    return static_cast<A>(mass(lse).hi);
  }

  /// Returns the loss of a row plus k lse^2; without a z-loss the same loss.
  ScaledPair added(const ScaledPair& loss, Pair lse) const noexcept {
    if (k_ == 0 || lse.hi == 0 || !std::isfinite(loss.value.hi)) return loss;
    if (is_near_zero(lse)) return with_tiny_square(loss, lse);
    const Pair factor = mul(lse, exactly(k_));
    if (std::isfinite(factor.hi * lse.hi) && loss.unit <= 1)
      return {add(unscaled(loss), mul(factor, lse))};
    constexpr double root = 0x1p-300;  // of 1 / huge_unit
    static_assert(root * root * huge_unit == 1);
    if (!std::isfinite((factor.hi * root) * (lse.hi * root)))
      return {exactly(std::numeric_limits<double>::infinity())};
    const Pair square = mul(scale(factor, root), scale(lse, root));
    const ScaledPair plain = loss.unit < 1 ? ScaledPair{unscaled(loss)} : loss;
    return {add(in_huge_unit(plain), square), huge_unit};
  }

 private:
  /// Tells whether lse is so near 0 that k lse^2 and 2 k lse, times a weight, may underflow.
  static bool is_near_zero(Pair lse) noexcept { return std::abs(lse.hi) < 0x1p-256; }

  /// Returns the loss plus k lse^2 for an lse that is_near_zero(), whose square is negligible beside a
  /// loss of 2^-256.
  ScaledPair with_tiny_square(const ScaledPair& loss, Pair lse) const noexcept {
    constexpr double root = 0x1p256;  // of 1 / tiny_unit
    static_assert(root * root * tiny_unit == 1);
    if (loss.unit > 1 || std::abs(unscaled(loss).hi) >= 0x1p-256) return loss;
    const Pair scaled = scale(lse, root);
    return {add(in_tiny_unit(loss), mul(mul(scaled, exactly(k_)), scaled)), tiny_unit};
  }

  double k_;
};

}  // namespace xent::impl
