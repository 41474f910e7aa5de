// SPDX-License-Identifier: MIT
// Constants of the exponential in lanes, made by exp_coefficients.sollya.
#pragma once

namespace xent::impl {

/// What the type of the lanes gives: log 2 in two parts, and where the exponent of a number sits.
template <class Lane>
struct LaneConstants;

template <>
struct LaneConstants<float> {
  static constexpr float log2_e = 0x1.715476p0F;
  static constexpr float log_2_high = 0x1.62e4p-1F;  // 15 bits: n high is exact for |n| < 2^9
  static constexpr float log_2_low = 0x1.7f7d1cp-20F;
  static constexpr int mantissa_bits = 23;
  static constexpr int exponent_bias = 127;
  static constexpr float round = 0x1.8p23F;  // a sum with it is rounded to an integer
};

template <>
struct LaneConstants<double> {
  static constexpr double log2_e = 0x1.71547652b82fep0;
  static constexpr double log_2_high = 0x1.62e42fefa4p-1;  // 40 bits: for |n| < 2^13
  static constexpr double log_2_low = -0x1.8432a1b0e2634p-43;
  static constexpr int mantissa_bits = 52;
  static constexpr int exponent_bias = 1023;
  static constexpr double round = 0x1.8p52;
};

// Kinds of exponential. exp(r) = 1 + r + r^2 q(r) for |r| <= log(2)/2 + 2^-13, q of the
// coefficients, lowest first. `sum_scale`: terms are summed times 2^sum_scale, the least of them
// being a normal number times that; a gradient's terms times gradient_scale = 2^gradient_exponent,
// for factors t of least_factor to largest_factor (impl/simd/label_gradient-inl.hpp). Logits in
// [least_plain, largest_plain] are used as they are; further out the difference from an origin as
// large is exact (impl/simd/exp-inl.hpp).

/// f32 lanes: the polynomial errs by 2^-28.1.
struct F32Exp {
  static constexpr bool in_pairs = false;
  using Lane = float;
  static constexpr float q[] = {0x1.fffffap-2F, 0x1.555492p-3F, 0x1.555a26p-5F, 0x1.123988p-7F,
                                0x1.694cd6p-10F};
  static constexpr int sum_scale = 120;
  static constexpr int gradient_exponent = 64;
  static constexpr double gradient_scale = 0x1p64;
  static constexpr double least_factor = 0x1p-100;
  static constexpr double largest_factor = 0x1p38;
  static constexpr double least_plain = -183;
  static constexpr double largest_plain = 354;
};

/// What all kinds in double lanes share.
struct DoubleExp {
  static constexpr bool in_pairs = false;
  using Lane = double;
  static constexpr int sum_scale = 256;
  static constexpr int gradient_exponent = 256;
  static constexpr double gradient_scale = 0x1p256;
  static constexpr double least_factor = 0x1p-900;
  static constexpr double largest_factor = 0x1p200;
  static constexpr double least_plain = -890;
  static constexpr double largest_plain = 1780;
};

/// f32 logits in double lanes: the polynomial errs by 2^-28.2.
struct WideExp : DoubleExp {
  static constexpr double q[] = {0x1.fffffb989fb69p-2, 0x1.55549121b6a0dp-3, 0x1.5558f26f12b4ep-5,
                                 0x1.123a08e0b934ep-7, 0x1.6a23f1a53ac64p-10};
};

/// f64 lanes: the polynomial errs by 2^-57.8.
struct F64Exp : DoubleExp {
  static constexpr double q[] = {
      0x1.000000000000ap-1,  0x1.55555555554fep-3,  0x1.55555555506adp-5,  0x1.1111111126b31p-7,
      0x1.6c16c1847c40bp-10, 0x1.a01a012ff832ep-13, 0x1.a019994d25835p-16, 0x1.71df18c03f5f5p-19,
      0x1.28ae0fe0a48bcp-22, 0x1.ad93643372e0dp-26};
};

/// f64 lanes, 1 + s in two parts: the polynomial errs by 2^-63.5.
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
