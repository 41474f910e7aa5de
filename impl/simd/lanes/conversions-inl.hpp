// SPDX-License-Identifier: MIT
// Converts arrays of a type that is narrower than float to float and back, a vector at a time.

#if defined(XENT_IMPL_SIMD_LANES_CONVERSIONS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_CONVERSIONS_INL
#undef XENT_IMPL_SIMD_LANES_CONVERSIONS_INL
#else
#define XENT_IMPL_SIMD_LANES_CONVERSIONS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/simd/lanes/float16-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The tag of the bits of as many T as a vector of floats has lanes.
template <class T>
using NarrowBits = hn::Rebind<BitsOf<T>, Bits32>;

/// Converts n elements: to[j] = from[j]. `to` has room for whole vectors.
template <class T>
HWY_INLINE void widen(const T* HWY_RESTRICT from, std::ptrdiff_t n, float* HWY_RESTRICT to) {
  const auto w = static_cast<std::ptrdiff_t>(hn::Lanes(Bits32()));
  const BitsOf<T>* patterns = bits_of(from);
  std::ptrdiff_t j = 0;
  for (; j + w <= n; j += w) {
    const Vec32 bits = hn::PromoteTo(Bits32(), hn::LoadU(NarrowBits<T>(), patterns + j));
    hn::StoreU(widen(T(), bits), Float32(), to + j);
  }
  if (j == n) return;
  const auto last = load_padded(NarrowBits<T>(), patterns + j, n - j, BitsOf<T>{0});
  hn::StoreU(widen(T(), hn::PromoteTo(Bits32(), last)), Float32(), to + j);
}

/// Rounds n floats: to[j] is the T nearest to from[j].
template <class T>
HWY_INLINE void narrow(const float* HWY_RESTRICT from, std::ptrdiff_t n, T* HWY_RESTRICT to) {
  const auto w = static_cast<std::ptrdiff_t>(hn::Lanes(Bits32()));
  auto* patterns = reinterpret_cast<BitsOf<T>*>(to);
  std::ptrdiff_t j = 0;
  for (; j + w <= n; j += w) {
    const Vec32 bits = narrow(T(), hn::LoadU(Float32(), from + j));
    hn::StoreU(hn::TruncateTo(NarrowBits<T>(), bits), NarrowBits<T>(), patterns + j);
  }
  if (j == n) return;
  const Vec32 last = narrow(T(), load_padded(Float32(), from + j, n - j, 0.0F));
  store_first(NarrowBits<T>(), hn::TruncateTo(NarrowBits<T>(), last), patterns + j, n - j);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
