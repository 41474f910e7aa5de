// SPDX-License-Identifier: MIT
// Vectors from and to arrays, also at their ends and of another type.

#if defined(XENT_IMPL_SIMD_LANES_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_LANES_INL
#undef XENT_IMPL_SIMD_LANES_LANES_INL
#else
#define XENT_IMPL_SIMD_LANES_LANES_INL
#endif

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <hwy/highway.h>

#include <xent/float16.hpp>

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D>
HWY_INLINE std::ptrdiff_t lanes(D tag) {
  return static_cast<std::ptrdiff_t>(hn::Lanes(tag));
}

/// Masked loads and stores of T leave the memory behind the mask alone where this is true. The
/// memory sanitizer of clang before version 20 does not know those of AVX2 (llvm-project, pull
/// request 123857).
template <class T>
inline constexpr bool has_masked_memory = HWY_TARGET <= HWY_AVX3 ||
                                          (HWY_TARGET == HWY_AVX2 && sizeof(T) >= 4 &&
                                           !HWY_IS_MSAN);

/// The n < Lanes elements at p, then `padding`. Reads nothing beyond them.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE hn::Vec<D> load_padded(D tag, const T* HWY_RESTRICT p, std::ptrdiff_t n, T padding) {
  if constexpr (has_masked_memory<T>) {
    const auto first = hn::FirstN(tag, static_cast<std::size_t>(n));
    return hn::IfThenElse(first, hn::MaskedLoad(first, tag, p), hn::Set(tag, padding));
  } else {
    HWY_ALIGN T padded[hn::MaxLanes(tag)];
    for (std::ptrdiff_t j = 0; j < lanes(tag); ++j) padded[j] = j < n ? p[j] : padding;
    return hn::Load(tag, padded);
  }
}

/// Stores the first n < Lanes elements of v.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE void store_first(D tag, hn::Vec<D> v, T* HWY_RESTRICT p, std::ptrdiff_t n) {
  if constexpr (has_masked_memory<T>) {
    hn::BlendedStore(v, hn::FirstN(tag, static_cast<std::size_t>(n)), tag, p);
  } else {
    HWY_ALIGN T all[hn::MaxLanes(tag)];
    hn::Store(v, tag, all);
    for (std::ptrdiff_t j = 0; j < n; ++j) p[j] = all[j];
  }
}

/// The lanes of a kind of exponential (exp_constants.hpp).
template <class Exp>
using LaneTag = hn::ScalableTag<typename Exp::Lane>;
template <class Exp>
using LaneVec = hn::Vec<LaneTag<Exp>>;

/// The bits of as many bf16 as a vector has lanes.
template <class Exp>
using Bf16Tag = hn::Rebind<std::uint16_t, LaneTag<Exp>>;

/// Of bf16 and f16.
template <class T>
const std::uint16_t* bits_of(const T* p) {
  static_assert(sizeof(T) == 2);
  return reinterpret_cast<const std::uint16_t*>(p);
}

/// In lanes of f32 or of f64.
template <class Exp>
HWY_INLINE LaneVec<Exp> bf16_lanes(hn::Vec<Bf16Tag<Exp>> patterns) {
  const LaneTag<Exp> tag;
  const hn::Rebind<float, LaneTag<Exp>> floats;
  const hn::RebindToUnsigned<decltype(floats)> bits;
  const auto x = hn::BitCast(floats, hn::ShiftLeft<16>(hn::PromoteTo(bits, patterns)));
  if constexpr (std::is_same_v<typename Exp::Lane, float>)
    return x;
  else
    return hn::PromoteTo(tag, x);
}

/// The elements at p, in lanes of their type or a wider one.
template <class Exp, class A>
HWY_INLINE LaneVec<Exp> load_lanes(const A* HWY_RESTRICT p) {
  const LaneTag<Exp> tag;
  if constexpr (std::is_same_v<A, bf16>)
    return bf16_lanes<Exp>(hn::LoadU(Bf16Tag<Exp>(), bits_of(p)));
  else if constexpr (std::is_same_v<A, typename Exp::Lane>)
    return hn::LoadU(tag, p);
  else
    return hn::PromoteTo(tag, hn::LoadU(hn::Rebind<A, LaneTag<Exp>>(), p));
}

/// The n < Lanes elements at p, then `padding`.
template <class Exp, class A>
HWY_INLINE LaneVec<Exp> load_lanes_padded(const A* HWY_RESTRICT p, std::ptrdiff_t n, A padding) {
  const LaneTag<Exp> tag;
  if constexpr (std::is_same_v<A, bf16>) {
    return bf16_lanes<Exp>(load_padded(Bf16Tag<Exp>(), bits_of(p), n, *bits_of(&padding)));
  } else if constexpr (std::is_same_v<A, typename Exp::Lane>) {
    return load_padded(tag, p, n, padding);
  } else {
    return hn::PromoteTo(tag, load_padded(hn::Rebind<A, LaneTag<Exp>>(), p, n, padding));
  }
}

/// Rounded to A where that is narrower. `streams`: p is aligned, and the store passes by the
/// caches.
template <class Exp, bool streams, class A>
HWY_INLINE void store_lanes(LaneVec<Exp> v, A* HWY_RESTRICT p) {
  const LaneTag<Exp> tag;
  if constexpr (std::is_same_v<A, typename Exp::Lane> && streams)
    hn::Stream(v, tag, p);
  else if constexpr (std::is_same_v<A, typename Exp::Lane>)
    hn::StoreU(v, tag, p);
  else
    hn::StoreU(hn::DemoteTo(hn::Rebind<A, LaneTag<Exp>>(), v), hn::Rebind<A, LaneTag<Exp>>(), p);
}

/// How many elements from p on lie before an address that a vector is aligned to: less than one
/// has.
template <class A>
HWY_INLINE std::ptrdiff_t elements_to_alignment(const A* p) {
  const std::uintptr_t size =
      hn::Lanes(hn::ScalableTag<hwy::UnsignedFromSize<sizeof(A)>>()) * sizeof(A);
  return static_cast<std::ptrdiff_t>((size - reinterpret_cast<std::uintptr_t>(p) % size) % size /
                                     sizeof(A));
}

template <class Exp, class A>
HWY_INLINE void store_first_lanes(LaneVec<Exp> v, A* HWY_RESTRICT p, std::ptrdiff_t n) {
  const LaneTag<Exp> tag;
  if constexpr (std::is_same_v<A, typename Exp::Lane>) {
    store_first(tag, v, p, n);
  } else {
    const hn::Rebind<A, LaneTag<Exp>> narrow;
    store_first(narrow, hn::DemoteTo(narrow, v), p, n);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
