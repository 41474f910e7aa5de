// SPDX-License-Identifier: MIT
// Exponentials that neither overflow nor underflow: the exponent is a number of its own. With n the
// integer nearest to x / log 2 and t = x - n log 2,
//
//   exp(x) = mantissa 2^n,   mantissa = exp(t)
//
// log 2 is the sum of two numbers (Cody & Waite); a fused operation subtracts the product of each
// with n, and rounds once.
//
// Error: for |x| <= extended_limit t errs by 0.52 u, whatever the size of x, and the mantissa by
// that and the error of exp, relatively. Beyond the limit the two parts of log 2 are not enough
// bits of it, and n may be far from the nearest integer. Proof: docs/error_bounds.md, lemma 23
// (exponentials with an exponent of their own).
//
// Source: Dukhan & Ablavatski, "Two-pass softmax algorithm", arXiv:2001.04438, 2020, algorithm 4,
// with a polynomial for exp(t) where this takes the C library's function.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <type_traits>

namespace xent::impl {

/// log 2 = log_2_high + log_2_low, log_2_low > 0, with an error of 2^-49 (f32) or 2^-110 (f64).
template <class A>
inline constexpr A log_2_high = 0x1.62e42fefa39efp-1;
template <>
inline constexpr float log_2_high<float> = 0x1.62e42ep-1F;
template <class A>
inline constexpr A log_2_low = 0x1.abc9e3b39803fp-56;
template <>
inline constexpr float log_2_low<float> = 0x1.efa39ep-25F;

/// The largest |x| for which the error of extended_exp(x) is proved.
template <class A>
inline constexpr A extended_limit = sizeof(A) == 4 ? 0x1p18 : 0x1p47;

/// The number mantissa 2^exponent; the exponent is an integer, or -inf where the number is 0.
template <class A>
struct Extended {
  A mantissa = 0;
  A exponent = -std::numeric_limits<A>::infinity();
};

/// Returns exp(x), the mantissa in [2/3, 3/2] for |x| <= extended_limit; 0 for -inf, NaN for +inf
/// or NaN.
template <class A>
Extended<A> extended_exp(A x) noexcept {
  if (x == -std::numeric_limits<A>::infinity()) return {};
  const A n = std::nearbyint(x * std::numbers::log2e_v<A>);
  const A t = std::fma(-n, log_2_low<A>, std::fma(-n, log_2_high<A>, x));
  return {std::exp(t), n};
}

/// Returns 2^k for an integer k for which that is a normal number.
template <class A>
A power_of_two(A k) noexcept {
  using Bits = std::conditional_t<sizeof(A) == 4, std::int32_t, std::int64_t>;
  using Limits = std::numeric_limits<A>;
  const auto field = static_cast<Bits>(k) + (Limits::max_exponent - 1);
  return std::bit_cast<A>(field << (Limits::digits - 1));
}

/// Returns x 2^k, rounded once, for an integer k <= 0 and x >= u. For k = -inf or NaN the result is
/// 0 or next to it.
template <class A>
A lowered(A x, A k) noexcept {
  constexpr A half = sizeof(A) == 4 ? -96 : -960;  // x 2^half is normal
  const A first = std::max(half, k);
  const A second = std::max(half, k - first);
  return x * power_of_two(first) * power_of_two(second);
}

/// Returns a + b, with the smaller exponent aligned to the larger.
template <class A>
Extended<A> sum(const Extended<A>& a, const Extended<A>& b) noexcept {
  const A n = std::max(a.exponent, b.exponent);
  return {lowered(a.mantissa, a.exponent - n) + lowered(b.mantissa, b.exponent - n), n};
}

/// Returns a / b for a <= b.
template <class A>
A ratio(const Extended<A>& a, const Extended<A>& b) noexcept {
  return lowered(a.mantissa / b.mantissa, a.exponent - b.exponent);
}

/// Returns log(a / b) for a >= b: the exponents cancel as integers. The result is +inf for b = 0.
template <class A>
A log_ratio(const Extended<A>& a, const Extended<A>& b) noexcept {
  const A k = a.exponent - b.exponent;
  const A log_mantissas = std::log(a.mantissa / b.mantissa);
  return std::fma(k, log_2_high<A>, std::fma(k, log_2_low<A>, log_mantissas));
}

}  // namespace xent::impl
