// SPDX-License-Identifier: MIT
// Computes the gradient of a row against a label: in the unit of the row's terms, with
// t = scale / (top + tail),
//
//   g_j = t exp(x_j)                               in simd/labels/gradient_lanes-inl.hpp
//   g_y = -t n,   n = sum_{j != y} exp(x_j)
//
// Where a weight makes t too large or too small for the lanes, the C library's exponential is used.
//
// Error: docs/error_bounds.md, lemmas 12, 61, 62 and 63.

#if defined(XENT_IMPL_SIMD_LABELS_LABEL_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_LABEL_GRADIENT_INL
#undef XENT_IMPL_SIMD_LABELS_LABEL_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_LABELS_LABEL_GRADIENT_INL
#endif

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include "impl/driver/row_functions.hpp"
#include "impl/driver/segments.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/labels/gradient_lanes-inl.hpp"
#include "impl/simd/lanes/alignment-inl.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Returns t as a pair, for f32 and 16-bit logits in double.
template <class T>
HWY_INLINE Pair label_factor(const WholeRow& row, Pair scale) {
  if constexpr (sizeof(T) < 8) return exactly(scale.hi / row.total().hi);
  return div(scale, row.total());
}

/// Returns g_y = -t n. A label's term below exp(-100) of the maximum's is not subtracted: it is
/// negligible in n.
template <class T>
HWY_INLINE double gradient_at_label(const WholeRow& row, double x_y, Pair t) {
  const Pair term = row.m - x_y < 100 ? term_in_unit<T>(x_y, row.unit) : Pair{};
  const Pair n = row.others(x_y, term);
  const Pair g_y = mul(t, n);
  return -(g_y.hi + g_y.lo) / tail_scale;
}

/// Tells whether lanes may multiply by t: clamped terms stay below half of the smallest positive
/// number, and the parts of t are normal numbers.
template <class Exp>
HWY_INLINE bool fits_lanes(double t) {
  return Exp::least_factor <= std::abs(t) && std::abs(t) <= Exp::largest_factor;
}

/// Writes the components t exp(x) of the block p of n elements to out. With `streams` out is
/// aligned, and whole vectors are stored past the caches.
template <class Exp, bool streams, class A, class B>
HWY_INLINE void block_gradient(const A* HWY_RESTRICT p, std::ptrdiff_t n,
                               const GradientLanes<Exp>& gradient, B* out) {
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

/// Writes the components t exp(x_j) of part x of a row, block by block; fits_lanes(t) holds.
template <class Exp, bool streams, class T>
HWY_INLINE void label_gradient_lanes(VectorView<const T> x, const WholeRow& row, Pair t,
                                     VectorView<T> g) {
  const GradientLanes<Exp> gradient(row, t);
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

/// Writes the same components for any t: the cold scalar fallback for factors outside the lanes'
/// range.
template <class T>
HWY_NOINLINE void label_gradient_terms(VectorView<const T> x, const WholeRow& row, Pair t,
                                       VectorView<T> g) {
  if (t.hi == 0) return for_each_component(g, [t](double) { return t.hi; });
  for (std::ptrdiff_t j = 0; j < x.size; ++j) {
    const Pair g_j = mul(t, term_in_unit<T>(static_cast<double>(x[j]), row.unit));
    g[j] = static_cast<T>((g_j.hi + g_j.lo) / tail_scale);
  }
}

/// Writes the components t exp(x_j) of part x of a row. With `streams` they are stored past the
/// caches where the row and its gradient are contiguous and not in place.
template <class Exp, class T>
HWY_INLINE void label_gradient_part(VectorView<const T> x, const WholeRow& row, Pair t,
                                    VectorView<T> g, bool streams) {
  if (!fits_lanes<Exp>(t.hi)) return label_gradient_terms(x, row, t, g);
  if constexpr (std::is_same_v<T, typename Exp::Lane>)
    if (streams && x.contiguous() && g.contiguous() && x.data != g.data) {
      label_gradient_lanes<Exp, true>(x, row, t, g);
      return hwy::FlushStream();
    }
  label_gradient_lanes<Exp, false>(x, row, t, g);
}

/// Writes the gradient of row x against label y, times scale, to out.g.
template <class Exp, class T>
HWY_INLINE void label_gradient(VectorView<const T> x, std::ptrdiff_t y, const WholeRow& row,
                               Pair scale, const RowOutputs<T>& out) {
  const Pair t = label_factor<T>(row, scale);
  const double g_y = gradient_at_label<T>(row, static_cast<double>(x[y]), t);  // g may be x
  for_each_part(x.size, out.threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
    label_gradient_part<Exp>(part_of(x, begin, end), row, t, part_of(out.g, begin, end),
                             out.streams);
  });
  out.g[y] = static_cast<T>(g_y);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
