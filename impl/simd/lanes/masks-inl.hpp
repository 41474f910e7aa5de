// SPDX-License-Identifier: MIT
// Masks of lanes as bits, and back.

#if defined(XENT_IMPL_SIMD_LANES_MASKS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_MASKS_INL
#undef XENT_IMPL_SIMD_LANES_MASKS_INL
#else
#define XENT_IMPL_SIMD_LANES_MASKS_INL
#endif

#include <cstdint>
#include <cstring>

#include <hwy/highway.h>

#include "impl/simd/lanes/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns a bit mask, bit k for lane k.
template <class D>
HWY_INLINE std::uint64_t mask_bits(D tag, hn::Mask<D> mask) {
  std::uint8_t bytes[8] = {};
  hn::StoreMaskBits(tag, mask, bytes);
  std::uint64_t bits = 0;
  std::memcpy(&bits, bytes, sizeof bits);
  return bits;
}

/// Returns the mask of lanes that the lowest bits are, bit k for lane k.
template <class D>
HWY_INLINE hn::Mask<D> mask_of_bits(D tag, std::uint64_t bits) {
  std::uint8_t bytes[8];
  std::memcpy(bytes, &bits, sizeof bytes);
  return hn::LoadMaskBits(tag, bytes);
}
HWY_INLINE hn::Mask<Wide> wide_mask(std::uint64_t bits) { return mask_of_bits(Wide(), bits); }

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
