// SPDX-License-Identifier: MIT
// Clears the upper halves of the vector registers. Code that is compiled for SSE, as that of most
// callers and of parts of the C library is, leaves them as they are; where they are not clear, some
// processors take hundreds of cycles for each change between SSE and AVX instructions. (Intel
// Emerald Rapids: std::exp(float) takes 166 ns instead of 3.) Compilers clear them too, but g++ not
// at -O1 and -Os, where -fexpensive-optimizations is off or size is what counts.
//
// Source: Intel 64 and IA-32 Architectures Optimization Reference Manual, mixing AVX and SSE code.

#if defined(XENT_IMPL_SIMD_LANES_UPPER_HALVES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_UPPER_HALVES_INL
#undef XENT_IMPL_SIMD_LANES_UPPER_HALVES_INL
#else
#define XENT_IMPL_SIMD_LANES_UPPER_HALVES_INL
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Clears the upper halves where this target has registers of more than 128 bits. Call it last in a
/// function that code of another target calls: what is in vectors then is lost.
HWY_INLINE void clear_upper_halves() noexcept {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
  _mm256_zeroupper();
#endif
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
