// SPDX-License-Identifier: MIT
// Writes a gradient whose components are a function of x_j alone, such as t exp(x_j), block by
// block: of a row, or of a part of one.

#if defined(XENT_IMPL_SIMD_LABELS_LANE_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_LANE_GRADIENT_INL
#undef XENT_IMPL_SIMD_LABELS_LANE_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_LABELS_LANE_GRADIENT_INL
#endif

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "impl/simd/lanes/alignment-inl.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Writes the components of the block p of n elements to out; gradient.to_gradient(x) replaces
/// vectors of elements by components. With `streams` out is aligned, and whole vectors are stored
/// past the caches.
template <class Exp, bool streams, class Gradient, class A, class B>
HWY_INLINE void block_gradient(const A* HWY_RESTRICT p, std::ptrdiff_t n, const Gradient& gradient,
                               B* out) {
  const std::ptrdiff_t w = lanes(LaneTag<Exp>());
  std::ptrdiff_t j = 0;
  for (; j + interleaved * w <= n; j += interleaved * w) {
    LaneVec<Exp> x[interleaved];
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) hwy::Prefetch(p + j + i * w + near_ahead<A>);
    for (std::ptrdiff_t i = 0; i < interleaved; ++i) x[i] = load_lanes<Exp>(p + j + i * w);
    gradient.to_gradient(x);
    for (std::ptrdiff_t i = 0; i < interleaved; ++i)
      store_lanes<Exp, streams>(x[i], out + j + i * w);
  }
  for (; j < n; j += w) {
    LaneVec<Exp> x[1] = {j + w <= n ? load_lanes<Exp>(p + j)
                                    : load_lanes_padded<Exp>(p + j, n - j, p[j])};
    gradient.to_gradient(x);
    if (j + w <= n)
      store_lanes<Exp, streams>(x[0], out + j);
    else
      store_first_lanes<Exp>(x[0], out + j, n - j);
  }
}

/// Writes the components of x to g, block by block.
template <class Exp, bool streams, class Gradient, class T>
HWY_INLINE void each_block_gradient(VectorView<const T> x, const Gradient& gradient,
                                    VectorView<T> g) {
  BlockReader<T> reader(x);
  BlockWriter<T> writer(g);
  std::ptrdiff_t n = streams ? elements_to_alignment(g.data) : block_size;
  for (std::ptrdiff_t begin = 0; begin < x.size; begin += n, n = block_size) {
    n = std::min(n, x.size - begin);
    const auto* p = reader.read(begin, n);
    block_gradient<Exp, streams>(p, n, gradient, writer.block(begin));
    writer.written(begin, n);
  }
}

/// Writes the components of x to g. With `streams` they are stored past the caches where both are
/// contiguous and not in place.
template <class Exp, class Gradient, class T>
HWY_INLINE void put_lane_gradient(VectorView<const T> x, const Gradient& gradient, VectorView<T> g,
                                  bool streams) {
  if constexpr (std::is_same_v<T, typename Exp::Lane>)
    if (streams && x.contiguous() && g.contiguous() && x.data != g.data) {
      each_block_gradient<Exp, true>(x, gradient, g);
      return hwy::FlushStream();
    }
  each_block_gradient<Exp, false>(x, gradient, g);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
