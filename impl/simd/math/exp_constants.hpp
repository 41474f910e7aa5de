// SPDX-License-Identifier: MIT
// The constants of the kinds of exponential in lanes. exp_coefficients.sollya makes the
// coefficients and the parts of log 2.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace xent::impl {

// Exponential in exponential-inl.hpp says what the constants of a kind mean; docs/error_bounds.md
// has a table of the lemmas that rest on them. Besides those:
//
//   least_normal_gradient   the smallest normal number of the lanes, times 2^gradient_exponent
//   largest_clamped_tail    clamped terms are less than 2^-79 of a tail that is above it, in units
//                           of 2^-256 (double lanes)
//
// Without `nudge` some cores would take a hundred times as long for subnormal logits; what it
// changes in the exponential is negligible. A sum that is dropped by `reach` is less than the
// clamped terms.

/// The constants that all kinds in f32 lanes share (impl/simd/math/table_exp-inl.hpp). log 2 has
/// two parts, the high one of 9 bits.
struct FloatExp {
  using Lane = float;
  static constexpr float log2_e = 0x1.715476p0F;
  static constexpr float log_2_high = 0x1.63p-1F;
  static constexpr float log_2_low = -0x1.bd0106p-13F;
  static constexpr int sum_scale = 120;
  static constexpr int gradient_exponent = 64;
  static constexpr float least_normal_gradient = 0x1p-62F;
  static constexpr double least_factor = 0x1p-100;
  static constexpr double largest_factor = 0x1p32;
  static constexpr double largest_factor_of_sum = 0x1p32;
  static constexpr int headroom = 32;
  static constexpr double least_tail = 0x1p-190;
  static constexpr double least_plain = -183;
  static constexpr double largest_plain = 330;
  static constexpr float nudge = 0x1p-38F;
  static constexpr float reach = 150;
};

/// The powers 2^(i/16), 0 <= i < 16.
inline constexpr double powers_of_2[] = {
    0x1.0000000000000p+0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0,
    0x1.306fe0a31b715p+0, 0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0,
    0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0, 0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f090p+0,
    0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0, 0x1.ea4afa2a490dap+0};

/// The constants of a table of `size` powers: exp(r) = 1 + r + r^2 q(r) for
/// |r| <= log(2)/(2 size) + 2^-14, the coefficients of q with the lowest first. `table_factor` is a
/// constant between 1 and 2^(1/size), chosen so that its products with all 2^(i/size) are near to
/// floats.
template <std::size_t size>
struct TableConstants;

/// The polynomial errs by 2^-29.2, a scaled power, rounded to f32, by 0.26 u.
template <>
struct TableConstants<16> {
  static constexpr int index_bits = 4;
  static constexpr float q[] = {0x1.000222p-1F, 0x1.5555a2p-3F};
  static constexpr double table_factor = 0x1.084921cf9a53cp+0;
};

/// The polynomial errs by 2^-32.1, a scaled power, rounded to f32, by 0.05 u.
template <>
struct TableConstants<8> {
  static constexpr int index_bits = 3;
  static constexpr float q[] = {0x1.000004p-1F, 0x1.555c7ap-3F, 0x1.54bfd2p-5F};
  static constexpr double table_factor = 0x1.16747bf7c0b77p+0;
};

/// simd on f32 and 16-bit logits: a term is one float, times `table_factor`, which TermSum divides
/// out.
struct F32Exp : FloatExp {
  static constexpr bool in_pairs = false;
  template <std::size_t size>
  static constexpr double table_factor = TableConstants<size>::table_factor;
};

/// faithful on f32 and 16-bit logits: a term is two floats.
struct F32PairExp : FloatExp {
  static constexpr bool in_pairs = true;
  template <std::size_t>
  static constexpr double table_factor = 1;
};

/// The constants that all kinds in double lanes share (impl/simd/math/exp-inl.hpp). log 2 has two
/// parts, the high one of 40 bits: k high is exact for |k| < 2^13.
struct DoubleExp {
  using Lane = double;
  static constexpr bool in_pairs = false;
  static constexpr double log2_e = 0x1.71547652b82fep0;
  static constexpr double log_2_high = 0x1.62e42fefa4p-1;
  static constexpr double log_2_low = -0x1.8432a1b0e2634p-43;
  static constexpr int sum_scale = 256;
  static constexpr int gradient_exponent = 256;
  static constexpr double gradient_scale = 0x1p256;
  static constexpr double least_normal_gradient = 0x1p-766;
  static constexpr double least_factor = 0x1p-900;
  static constexpr double largest_factor = 0x1p200;
  static constexpr double largest_factor_of_sum = 0x1p64;
  static constexpr double largest_clamped_tail = 0x1p-840;
  static constexpr int headroom = 0;
  static constexpr double least_tail = 0;
  static constexpr double least_plain = -890;
  static constexpr double largest_plain = 1780;
  static constexpr double nudge = 0x1p-400;
  static constexpr double reach = 840;
};

// In the kinds that follow exp(r) = 1 + r + r^2 q(r) for |r| <= log(2)/2 + 2^-13, the coefficients
// of q with the lowest first.

/// f32 logits in double lanes, for rows with large factors: the polynomial errs by 2^-28.2. A row
/// needs an origin where f32 lanes do, because they compute its gradient. The difference of a float
/// from the origin, in double, is exact, or errs by 2^-43.
struct WideExp : DoubleExp {
  static constexpr double least_plain = FloatExp::least_plain;
  static constexpr double largest_plain = FloatExp::largest_plain;
  static constexpr double q[] = {0x1.fffffb989fb69p-2, 0x1.55549121b6a0dp-3, 0x1.5558f26f12b4ep-5,
                                 0x1.123a08e0b934ep-7, 0x1.6a23f1a53ac64p-10};
};

/// simd on f64: the polynomial errs by 2^-57.8.
struct F64Exp : DoubleExp {
  static constexpr double q[] = {
      0x1.000000000000ap-1,  0x1.55555555554fep-3,  0x1.55555555506adp-5,  0x1.1111111126b31p-7,
      0x1.6c16c1847c40bp-10, 0x1.a01a012ff832ep-13, 0x1.a019994d25835p-16, 0x1.71df18c03f5f5p-19,
      0x1.28ae0fe0a48bcp-22, 0x1.ad93643372e0dp-26};
};

/// faithful on f64, with 1 + s in two parts: the polynomial errs by 2^-63.5.
struct PairExp : DoubleExp {
  static constexpr double q[] = {0x1p-1,
                                 0x1.555555555555cp-3,
                                 0x1.5555555555543p-5,
                                 0x1.111111110ea02p-7,
                                 0x1.6c16c16c1ec84p-10,
                                 0x1.a01a01b440b2fp-13,
                                 0x1.a01a017b4424fp-16,
                                 0x1.71ddee7dd8eefp-19,
                                 0x1.27e537ae25ed2p-22,
                                 0x1.af6e6cf7e9a03p-26,
                                 0x1.1ee72b033ec1p-29};
  static constexpr bool in_pairs = true;
};

}  // namespace xent::impl
