// SPDX-License-Identifier: MIT
// 16-bit floating-point numbers: their bits, and the conversions.
#pragma once

#include <bit>
#include <cstdint>

namespace xent {

/// bfloat16: the upper half of a binary32; 8 significant bits, exponents -126 to 127.
struct bf16 {
  std::uint16_t bits = 0;
  friend bool operator==(bf16, bf16) = default;  // of the bits
};

/// IEEE 754 binary16: 11 significant bits, exponents -14 to 15.
struct f16 {
  std::uint16_t bits = 0;
  friend bool operator==(f16, f16) = default;
};

/// The same number; a NaN stays one.
constexpr float to_float(bf16 x) { return std::bit_cast<float>(std::uint32_t{x.bits} << 16); }

constexpr float to_float(f16 x) {
  const std::uint32_t sign = (std::uint32_t{x.bits} & 0x8000U) << 16;
  const std::uint32_t exponent = (std::uint32_t{x.bits} >> 10) & 0x1FU;
  const std::uint32_t fraction = std::uint32_t{x.bits} & 0x3FFU;
  if (exponent == 0x1F) return std::bit_cast<float>(sign | 0x7F800000U | fraction << 13);
  if (exponent != 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
  const float size = static_cast<float>(fraction) * 0x1p-24F;  // a subnormal, exactly
  return sign == 0 ? size : -size;
}

/// The bits of the number nearest to x, ties to even, of a format with `digits` significant bits
/// and exponents min_exponent to 1 - min_exponent: one rounding, subnormals and overflow included.
/// The environment must round to nearest. A NaN becomes a quiet NaN.
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
  // In units of the last place there is an integer below 2^digits, or that itself; adding 2^52
  // rounds to it, and a carry into the exponent field is the next binade, or inf.
  const auto units = std::bit_cast<double>(std::uint64_t(1023 + fraction_bits - exponent) << 52);
  const double size = (x < 0 ? -x : x) * units;
  const auto rounded = static_cast<int>((size + 0x1p52) - 0x1p52);
  const int fields_before = exponent - min_exponent;
  return static_cast<std::uint16_t>(sign | ((fields_before << fraction_bits) + rounded));
}

/// The nearest bf16 or f16, rounded once: nearest<bf16>(x).
template <class T>
constexpr T nearest(double x);
template <>
constexpr bf16 nearest<bf16>(double x) {
  return {nearest_bits(x, 8, -126)};
}
template <>
constexpr f16 nearest<f16>(double x) {
  return {nearest_bits(x, 11, -14)};
}

}  // namespace xent
