// SPDX-License-Identifier: MIT
// Loads vectors from arrays and stores them, also less than a vector at the end of an array, and
// elements of another type than the lanes.

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

/// Returns how many lanes a vector has.
template <class D>
HWY_INLINE std::ptrdiff_t lanes(D tag) {
  return static_cast<std::ptrdiff_t>(hn::Lanes(tag));
}

/// True where masked loads and stores of T do not touch the memory outside the mask. With AVX2 the
/// memory sanitizer of clang before version 20 does not know them (llvm-project, pull request
/// 123857).
template <class T>
inline constexpr bool has_masked_memory = HWY_TARGET <= HWY_AVX3 ||
                                          (HWY_TARGET == HWY_AVX2 && sizeof(T) >= 4 &&
                                           !HWY_IS_MSAN);

/// Returns the n < Lanes elements at p, then `padding`. Reads nothing beyond them.
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

/// Stores the first n < Lanes elements of v at p, and writes nothing beyond them.
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

/// The tag and the vector of the lanes of a kind of exponential (exp_constants.hpp).
template <class Exp>
using LaneTag = hn::ScalableTag<typename Exp::Lane>;
template <class Exp>
using LaneVec = hn::Vec<LaneTag<Exp>>;

/// The tag of the bits of as many bf16 as such a vector has lanes.
template <class Exp>
using Bf16Tag = hn::Rebind<std::uint16_t, LaneTag<Exp>>;

/// The unsigned integer of as many bits as T.
template <class T>
using BitsOf = hwy::UnsignedFromSize<sizeof(T)>;

/// Returns the bits of the number at p, of a type that is no lane's.
template <class T>
const BitsOf<T>* bits_of(const T* p) {
  static_assert(sizeof(T) < sizeof(float));
  return reinterpret_cast<const BitsOf<T>*>(p);
}

/// Returns the bf16 with these bits, in lanes of f32 or of f64.
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

/// Returns the elements at p, in lanes of their type or a wider one.
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

/// Returns the n < Lanes elements at p, then `padding`, in lanes of their type or a wider one.
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

/// Stores v at p, rounded to A where that is narrower. With `streams`, for which p is aligned and A
/// the type of the lanes, the store goes past the caches.
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

/// Stores the first n < Lanes elements of v at p, rounded to A where that is narrower.
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
