// SPDX-License-Identifier: MIT
// Exponentials that neither overflow nor underflow: the exponent is a number of its own. With n the
// integer nearest to x / log 2 and t = x - n log 2,
//
//   exp(x) = mantissa 2^n,   mantissa = exp(t)
//
// log 2 is the sum of two numbers (Cody & Waite), each of whose products with n a fused operation
// subtracts with one rounding.
//
// Error: t errs by 0.52 u for |x| <= extended_limit, however large x is, and exp by its own; log 2
// is cut, and n not the nearest, by too much beyond. Proof: docs/error_bounds.md, lemma 23
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

/// log 2 = high + low, low > 0, to 2^-49 (f32) and 2^-110 (f64).
template <class A>
inline constexpr A log_2_high = 0x1.62e42fefa39efp-1;
template <>
inline constexpr float log_2_high<float> = 0x1.62e42ep-1F;
template <class A>
inline constexpr A log_2_low = 0x1.abc9e3b39803fp-56;
template <>
inline constexpr float log_2_low<float> = 0x1.efa39ep-25F;

template <class A>
inline constexpr A extended_limit = sizeof(A) == 4 ? 0x1p18 : 0x1p47;

/// mantissa 2^exponent; the exponent is an integer, or -inf of 0.
template <class A>
struct Extended {
  A mantissa = 0;
  A exponent = -std::numeric_limits<A>::infinity();
};

template <class A>
Extended<A> extended_exp(A x) noexcept {
  if (x == -std::numeric_limits<A>::infinity()) return {};
  const A n = std::nearbyint(x * std::numbers::log2e_v<A>);
  const A t = std::fma(-n, log_2_low<A>, std::fma(-n, log_2_high<A>, x));
  return {std::exp(t), n};
}

/// 2^k, a normal number.
template <class A>
A power_of_two(A k) noexcept {
  using Bits = std::conditional_t<sizeof(A) == 4, std::int32_t, std::int64_t>;
  using Limits = std::numeric_limits<A>;
  const auto field = static_cast<Bits>(k) + (Limits::max_exponent - 1);
  return std::bit_cast<A>(field << (Limits::digits - 1));
}

/// x 2^k for k <= 0 and x at least u, rounded once; for k = -inf or NaN, x times 0 or almost.
template <class A>
A lowered(A x, A k) noexcept {
  constexpr A half = sizeof(A) == 4 ? -96 : -960;  // x 2^half is normal
  const A first = std::max(half, k);
  const A second = std::max(half, k - first);
  return x * power_of_two(first) * power_of_two(second);
}

/// a + b, the smaller exponent aligned to the larger.
template <class A>
Extended<A> sum(const Extended<A>& a, const Extended<A>& b) noexcept {
  const A n = std::max(a.exponent, b.exponent);
  return {lowered(a.mantissa, a.exponent - n) + lowered(b.mantissa, b.exponent - n), n};
}

/// a / b for a <= b.
template <class A>
A ratio(const Extended<A>& a, const Extended<A>& b) noexcept {
  return lowered(a.mantissa / b.mantissa, a.exponent - b.exponent);
}

/// log(a / b) for a >= b, in which the exponents cancel as integers; +inf for b = 0.
template <class A>
A log_ratio(const Extended<A>& a, const Extended<A>& b) noexcept {
  const A k = a.exponent - b.exponent;
  const A log_mantissas = std::log(a.mantissa / b.mantissa);
  return std::fma(k, log_2_high<A>, std::fma(k, log_2_low<A>, log_mantissas));
}

}  // namespace xent::impl
