// SPDX-License-Identifier: MIT
// Unrolled steps of a loop over a block: one step takes `interleaved` vectors, which are computed
// together.

#if defined(XENT_IMPL_SIMD_LANES_STEPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LANES_STEPS_INL
#undef XENT_IMPL_SIMD_LANES_STEPS_INL
#else
#define XENT_IMPL_SIMD_LANES_STEPS_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <hwy/highway.h>

#include <xent/element.hpp>

#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns how many elements one unrolled step takes.
template <class Exp>
HWY_INLINE std::ptrdiff_t step_size() {
  return interleaved * lanes(LaneTag<Exp>());
}

/// Loads one step of which only the n elements at p are there; the others become -inf.
template <class Exp, class A>
HWY_INLINE void load_step(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                          LaneVec<Exp> (&x)[interleaved]) {
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
  for (std::ptrdiff_t i = 0; i < interleaved; ++i) {
    const std::ptrdiff_t here = n - i * w;
    if (here >= w)
      x[i] = load_lanes<Exp>(p + i * w);
    else if (here > 0)
      x[i] = load_lanes_padded<Exp>(p + i * w, here, minus_infinity<A>);
    else
      x[i] = hn::Set(tag, minus_infinity<typename Exp::Lane>);
  }
}

/// Loads one whole step, in any order: of each two vectors of bf16 in f32 lanes the first has the
/// elements of even number, and the second the others.
template <class Exp, class A>
HWY_INLINE void load_whole_step(const A* HWY_RESTRICT p, LaneVec<Exp> (&x)[interleaved]) {
  const LaneTag<Exp> tag;
  const std::ptrdiff_t w = lanes(tag);
#if HWY_TARGET != HWY_SCALAR
  if constexpr (std::is_same_v<A, bf16> && std::is_same_v<typename Exp::Lane, float>) {
    const hn::RebindToUnsigned<LaneTag<Exp>> pairs;
    const hn::Repartition<std::uint16_t, decltype(pairs)> patterns;
    const std::uint16_t* bits = bits_of(p);
    for (std::ptrdiff_t i = 0; i < interleaved; i += 2) {
      const auto both = hn::BitCast(pairs, hn::LoadU(patterns, bits + i * w));
      x[i] = hn::BitCast(tag, hn::ShiftLeft<16>(both));
      x[i + 1] = hn::BitCast(tag, hn::And(both, hn::Set(pairs, 0xFFFF0000)));
    }
    return;
  }
#endif
  for (std::ptrdiff_t i = 0; i < interleaved; ++i) x[i] = load_lanes<Exp>(p + i * w);
}

/// Calls f(x) for each step of the n elements at p; the last is filled up with -inf.
template <class Exp, class A, class F>
HWY_INLINE void for_each_step(const A* HWY_RESTRICT p, std::ptrdiff_t n, F&& f) {
  LaneVec<Exp> x[interleaved];
  std::ptrdiff_t j = 0;
  for (; j + step_size<Exp>() <= n; j += step_size<Exp>()) {
    load_whole_step<Exp>(p + j, x);
    f(x);
  }
  if (j == n) return;
  load_step<Exp>(p + j, n - j, x);
  f(x);
}

/// Returns in each lane the maximum of that lane of `seen` and of the elements at p that fall to
/// it; a NaN among them is passed over.
template <class Exp, class A>
HWY_INLINE LaneVec<Exp> largest(const A* HWY_RESTRICT p, std::ptrdiff_t n, LaneVec<Exp> seen) {
  LaneVec<Exp> m[interleaved];
  for (auto& v : m) v = seen;
  for_each_step<Exp>(p, n, [&](const auto& x) HWY_ATTR {
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) m[i] = larger(m[i], x[i]);
  });
  for (std::ptrdiff_t i = 1; i < interleaved; ++i) m[0] = larger(m[0], m[i]);
  return m[0];
}

/// Returns the maximum of the n elements at p, in all lanes. Above `few` it samples the first step,
/// a vector in the middle and the last one, and returns their maximum; it scans all elements if the
/// lanes' maxima of the sample differ by `apart` or more, or one is -inf.
template <class Exp, class A>
HWY_INLINE LaneVec<Exp> maximum_of_some(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                                        std::ptrdiff_t few, typename Exp::Lane apart) {
  const LaneTag<Exp> tag;
  const auto nothing = hn::Set(tag, minus_infinity<typename Exp::Lane>);
  if (n > few) {
    auto m = largest<Exp>(p, step_size<Exp>(), nothing);
    m = larger(m, load_lanes<Exp>(p + n / 2));
    m = larger(m, load_lanes<Exp>(p + n - lanes(tag)));
    const auto max = hn::MaxOfLanes(tag, m);
    if (HWY_LIKELY(hn::AllTrue(tag, hn::Gt(m, hn::Sub(max, hn::Set(tag, apart)))))) return max;
  }
  return hn::MaxOfLanes(tag, largest<Exp>(p, n, nothing));
}

/// Tells whether one of the n elements at p is NaN.
template <class Exp, class A>
HWY_INLINE bool has_nan(const A* HWY_RESTRICT p, std::ptrdiff_t n) {
  const LaneTag<Exp> tag;
  auto found = hn::IsNaN(hn::Zero(tag));
  for_each_step<Exp>(p, n, [&](const auto& x) HWY_ATTR {
    for (const auto& v : x) found = hn::Or(found, hn::IsNaN(v));
  });
  return !hn::AllFalse(tag, found);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
