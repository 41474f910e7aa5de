// SPDX-License-Identifier: MIT
// Converts vectors of bf16 and f16 to float and back, by integer operations. To float is exact,
// from float is rounded to the nearest, ties to even, subnormal numbers included. A NaN stays a
// NaN. conversions-inl.hpp has the loops over arrays.
//
//   bf16 -> float   shifts the bits
//   f16 -> float    shifts the bits and multiplies by 2^112: exactly, also for subnormal numbers
//   float -> bf16   adds half of a last place to the bits, or 1 less than half where the last bit
//                   that stays is 0, and truncates
//   float -> f16    does the same; below 2^-14 it adds 1/2 to |x|, and the sum is rounded to 2^-24,
//                   the last place of a subnormal f16
//
// Proof: docs/error_bounds.md, lemma 67 (conversions of 16-bit types), by a check of every pattern
// and of every midpoint between two, on every target: tests/impl/simd/lanes/simd_float16_test.cpp.

#if defined(XENT_IMPL_SIMD_LANES_FLOAT16_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_FLOAT16_INL
#undef XENT_IMPL_SIMD_LANES_FLOAT16_INL
#else
#define XENT_IMPL_SIMD_LANES_FLOAT16_INL
#endif

#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include <xent/float16.hpp>

#include "impl/simd/lanes/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bits32 = hn::ScalableTag<std::uint32_t>;
using Float32 = hn::ScalableTag<float>;
using Vec32 = hn::Vec<Bits32>;

/// Returns the same bits in all lanes.
HWY_INLINE Vec32 set_bits(std::uint32_t bits) { return hn::Set(Bits32(), bits); }

/// Returns the floats of the bf16 whose bits are in the low halves of the lanes.
HWY_INLINE hn::Vec<Float32> widen(bf16, Vec32 bits) {
  return hn::BitCast(Float32(), hn::ShiftLeft<16>(bits));
}

/// Returns the floats of the f16 whose bits are in the low halves of the lanes.
HWY_INLINE hn::Vec<Float32> widen(f16, Vec32 bits) {
  const Vec32 sign = hn::ShiftLeft<16>(hn::And(bits, set_bits(0x8000)));
  const Vec32 size = hn::ShiftLeft<13>(hn::And(bits, set_bits(0x7FFF)));
  const auto is_low = hn::Lt(size, set_bits(1U << 23));  // subnormal as f16, or 0
  const Vec32 least = set_bits(113U << 23);              // 2^-14
  const Vec32 rebiased = hn::Add(size, hn::IfThenElse(is_low, least, set_bits(112U << 23)));
  const auto number = hn::Sub(hn::BitCast(Float32(), rebiased),
                              hn::BitCast(Float32(), hn::IfThenElseZero(is_low, least)));
  const Vec32 beyond = hn::Or(size, set_bits(0x7F800000));  // inf and NaN
  const auto is_beyond =
      hn::Ge(hn::BitCast(Float32(), size), hn::BitCast(Float32(), set_bits(0x1FU << 23)));
  const Vec32 magnitude =
      hn::IfThenElse(hn::RebindMask(Bits32(), is_beyond), beyond, hn::BitCast(Bits32(), number));
  return hn::BitCast(Float32(), hn::Or(magnitude, sign));
}

/// Returns the bits plus what makes a truncation of `dropped` bits a rounding to nearest, ties to
/// even.
template <int dropped>
HWY_INLINE Vec32 rounded_up(Vec32 bits) {
  const Vec32 odd = hn::And(hn::ShiftRight<dropped>(bits), set_bits(1));
  return hn::Add(bits, hn::Add(odd, set_bits((1U << (dropped - 1)) - 1)));
}

/// Tells for the bits of |x| whether x is NaN. It compares integers, because Ne(x, x) of Highway
/// 1.0 is false for NaN with AVX2 and AVX-512.
HWY_INLINE hn::Mask<Bits32> is_nan(Vec32 bits) { return hn::Gt(bits, set_bits(0x7F800000)); }

/// Returns the bits of the nearest bf16 in the low halves of the lanes.
HWY_INLINE Vec32 narrow(bf16, hn::Vec<Float32> x) {
  const Vec32 bits = hn::BitCast(Bits32(), x);
  const Vec32 nearest = hn::ShiftRight<16>(rounded_up<16>(bits));
  return hn::IfThenElse(is_nan(hn::And(bits, set_bits(0x7FFFFFFF))), set_bits(0x7FC0), nearest);
}

/// Returns the bits of the nearest f16 in the low halves of the lanes.
HWY_INLINE Vec32 narrow(f16, hn::Vec<Float32> x) {
  const Float32 tag;
  const auto size = hn::Abs(x);
  const Vec32 bits = hn::BitCast(Bits32(), size);
  const Vec32 sign = hn::And(hn::ShiftRight<16>(hn::BitCast(Bits32(), x)), set_bits(0x8000));
  const Vec32 normal = hn::Sub(hn::ShiftRight<13>(rounded_up<13>(bits)), set_bits(112U << 10));
  const auto half = hn::Set(tag, 0.5F);
  const Vec32 tiny =
      hn::Sub(hn::BitCast(Bits32(), hn::Add(size, half)), hn::BitCast(Bits32(), half));
  const auto is_tiny = hn::RebindMask(Bits32(), hn::Lt(size, hn::Set(tag, 0x1p-14F)));
  const auto is_large = hn::RebindMask(Bits32(), hn::Ge(size, hn::Set(tag, 0x1p16F)));
  const Vec32 number = hn::IfThenElse(is_tiny, tiny, normal);
  const Vec32 magnitude = hn::IfThenElse(is_large, set_bits(0x7C00), number);
  return hn::Or(hn::IfThenElse(is_nan(bits), set_bits(0x7E00), magnitude), sign);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
