// SPDX-License-Identifier: MIT
// How far an array is from an address that is aligned for a vector, as stores past the caches need.

#if defined(XENT_IMPL_SIMD_LANES_ALIGNMENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_ALIGNMENT_INL
#undef XENT_IMPL_SIMD_LANES_ALIGNMENT_INL
#else
#define XENT_IMPL_SIMD_LANES_ALIGNMENT_INL
#endif

#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns how many elements from p on lie before the next address that is aligned for a vector;
/// less than a vector has.
template <class A>
HWY_INLINE std::ptrdiff_t elements_to_alignment(const A* p) {
  const std::uintptr_t size =
      hn::Lanes(hn::ScalableTag<hwy::UnsignedFromSize<sizeof(A)>>()) * sizeof(A);
  return static_cast<std::ptrdiff_t>((size - reinterpret_cast<std::uintptr_t>(p) % size) % size /
                                     sizeof(A));
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
