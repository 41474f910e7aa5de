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

#include <cmath>
#include <cstddef>

#include <hwy/highway.h>

#include "impl/driver/row_functions.hpp"
#include "impl/driver/segments.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/labels/gradient_lanes-inl.hpp"
#include "impl/simd/labels/lane_gradient-inl.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"

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

/// Writes the components t exp(x_j) of part x of a row.
template <class Exp, class T>
HWY_INLINE void label_gradient_part(VectorView<const T> x, const WholeRow& row, Pair t,
                                    VectorView<T> g, bool streams) {
  if (fits_lanes<Exp>(t.hi))
    put_lane_gradient<Exp>(x, GradientLanes<Exp>(row, t), g, streams);
  else
    label_gradient_terms(x, row, t, g);
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
