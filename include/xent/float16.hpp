// SPDX-License-Identifier: MIT
// The 16-bit floating-point numbers bf16 and f16. They convert to float exactly, wherever a float
// may stand, and are made from wider numbers by one rounding. Proof: docs/error_bounds.md, lemma 67
// (conversions of 16-bit types).
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace xent {

namespace detail {

/// Returns the bits of the number nearest to x, ties to even, in a format with `digits` significant
/// bits and exponents from min_exponent to 1 - min_exponent. It rounds once, also to a subnormal
/// number or to inf. The environment must round to nearest. A NaN becomes a quiet NaN.
constexpr std::uint16_t nearest_bits(double x, int digits, int min_exponent) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto sign = static_cast<std::uint16_t>(bits >> 63 << 15);
  const int fraction_bits = digits - 1;
  const int fields = 2 * (1 - min_exponent) + 1;  // the exponent field of inf and NaN
  if (x != x) return static_cast<std::uint16_t>((2 * fields + 1) << (fraction_bits - 1));
  int exponent = static_cast<int>(bits >> 52 & 0x7FF) - 1023;
  const auto infinity = static_cast<std::uint16_t>(sign | fields << fraction_bits);
  if (exponent > 1 - min_exponent) return infinity;
  if (exponent < min_exponent) exponent = min_exponent;
  // In units of the last place |x| is rounded to an integer up to 2^digits, which adding 2^52 does;
  // a carry into the exponent field is the next binade, or inf.
  const auto units = std::bit_cast<double>(std::uint64_t(1023 + fraction_bits - exponent) << 52);
  const double size = (x < 0 ? -x : x) * units;
  const auto rounded = static_cast<int>((size + 0x1p52) - 0x1p52);
  const int fields_before = exponent - min_exponent;
  return static_cast<std::uint16_t>(sign | ((fields_before << fraction_bits) + rounded));
}

/// Returns the number of a bf16 with these bits.
constexpr float float_of_bf16(std::uint32_t bits) { return std::bit_cast<float>(bits << 16); }

/// Returns the number of an f16 with these bits.
constexpr float float_of_f16(std::uint32_t bits) {
  const std::uint32_t sign = (bits & 0x8000U) << 16;
  const std::uint32_t exponent = bits >> 10 & 0x1FU;
  const std::uint32_t fraction = bits & 0x3FFU;
  if (exponent == 0x1F) return std::bit_cast<float>(sign | 0x7F800000U | fraction << 13);
  if (exponent != 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
  const float size = static_cast<float>(fraction) * 0x1p-24F;  // subnormal; exact
  return sign == 0 ? size : -size;
}

}  // namespace detail

/// A 16-bit format with p significant bits and exponents from min_exponent to 1 - min_exponent.
template <class Self, int p, int min_exponent>
struct Float16 {
  std::uint16_t bits;  // indeterminate unless given, like the value of a float

  constexpr Float16() = default;
  /// Makes the number nearest to x, ties to even, whatever the type of x; a NaN stays a NaN.
  explicit constexpr Float16(double x) : bits(detail::nearest_bits(x, p, min_exponent)) {}
  static constexpr Self of_bits(std::uint16_t pattern) {
    Self x;
    x.bits = pattern;
    return x;
  }
  /// Returns the same number as a float; a NaN stays a NaN.
  constexpr operator float() const {  // NOLINT(google-explicit-constructor): exact
    return min_exponent == -126 ? detail::float_of_bf16(bits) : detail::float_of_f16(bits);
  }
};

/// bfloat16: the upper half of a binary32.
struct bf16 : Float16<bf16, 8, -126> {
  using Float16::Float16;
};

/// IEEE 754 binary16.
struct f16 : Float16<f16, 11, -14> {
  using Float16::Float16;
};

namespace detail {

/// The members of numeric_limits for both.
template <class T, int p, int least>
struct Limits16 {
  static constexpr std::uint16_t inf_bits = (1U << 15) - (1U << (p - 1));
  static constexpr bool is_specialized = true;
  static constexpr bool is_signed = true;
  static constexpr bool is_integer = false;
  static constexpr bool is_exact = false;
  static constexpr bool has_infinity = true;
  static constexpr bool has_quiet_NaN = true;
  static constexpr bool is_iec559 = true;
  static constexpr bool is_bounded = true;
  static constexpr int radix = 2;
  static constexpr int digits = p;
  static constexpr int min_exponent = least + 1;  // as C counts: for fractions below 1
  static constexpr int max_exponent = 2 - least;
  static constexpr T infinity() noexcept { return T::of_bits(inf_bits); }
  static constexpr T quiet_NaN() noexcept { return T::of_bits(inf_bits | 1U << (p - 2)); }
  static constexpr T max() noexcept { return T::of_bits(inf_bits - 1); }
  static constexpr T lowest() noexcept { return T::of_bits(0x8000U | (inf_bits - 1)); }
  static constexpr T min() noexcept { return T::of_bits(1U << (p - 1)); }
  static constexpr T denorm_min() noexcept { return T::of_bits(1); }
};

}  // namespace detail
}  // namespace xent

template <>
class std::numeric_limits<xent::bf16> : public xent::detail::Limits16<xent::bf16, 8, -126> {};
template <>
class std::numeric_limits<xent::f16> : public xent::detail::Limits16<xent::f16, 11, -14> {};
