// SPDX-License-Identifier: MIT
// Constants of the exponential, made by exp_coefficients.sollya.
#pragma once

namespace xent::impl {

/// exp(r) = 1 + r + r^2 q(r) for |r| <= log(2)/2 + 2^-10, q of the coefficients below, lowest
/// first.
template <class T>
struct ExpConstants;

template <>
struct ExpConstants<float> {
  static constexpr float log2_e = 0x1.715476p0F;
  static constexpr float log_2_high = 0x1.62e4p-1F;  // 15 bits: k log_2_high is exact
  static constexpr float log_2_low = 0x1.7f7d1cp-20F;
  static constexpr int mantissa_bits = 23;
  static constexpr int range_shift = 64;  // S: terms are scaled by 2^64
  static constexpr float unscale = 0x1p-64F;
  static constexpr float round = 0x1.8p23F + 191;   // 191 = exponent bias + range_shift
  static constexpr float lowest = -131.5F;          // below it a term is 0
  static constexpr double least_factor = 0x1p-100;  // of a term, see label_gradient-inl.hpp
  static constexpr double largest_factor = 0x1p38;
  // relative error of 1 + r + r^2 q(r) below 2^-28.1
  static constexpr float q[] = {0x1.fffffap-2F, 0x1.55549p-3F, 0x1.555a22p-5F, 0x1.123b08p-7F,
                                0x1.695428p-10F};
};

template <>
struct ExpConstants<double> {
  static constexpr double log2_e = 0x1.71547652b82fep0;
  static constexpr double log_2_high = 0x1.62e42fefa4p-1;  // 40 bits: k log_2_high is exact
  static constexpr double log_2_low = -0x1.8432a1b0e2634p-43;
  static constexpr int mantissa_bits = 52;
  static constexpr int range_shift = 256;
  static constexpr double unscale = 0x1p-256;
  static constexpr double round = 0x1.8p52 + 1279;
  static constexpr double lowest = -885;
  static constexpr double least_factor = 0x1p-900;
  static constexpr double largest_factor = 0x1p200;
  // relative error of 1 + r + r^2 q(r) below 2^-57.8
  static constexpr double q[] = {
      0x1.000000000000ap-1,  0x1.55555555554f9p-3,  0x1.5555555550621p-5,  0x1.1111111127d07p-7,
      0x1.6c16c184ac98bp-10, 0x1.a01a012aadbb1p-13, 0x1.a01998a90c9cep-16, 0x1.71df22e4fe507p-19,
      0x1.28aebe876d41fp-22, 0x1.ad85fc17e2d8bp-26};
};

}  // namespace xent::impl
