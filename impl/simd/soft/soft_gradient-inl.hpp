// SPDX-License-Identifier: MIT
// Computes the gradient of a row against soft targets,
//
//   g_j = t (e_j A_j - c_j n_j)     (impl/rows/soft_gradient.hpp)
//
// For f32 and 16-bit logits the terms are computed in f32 lanes, and everything after them in
// double lanes. f64 is computed in pairs (simd/soft/doubles/double_row_gradient-inl.hpp), or
// component by component where factors are extreme. A_j leaves out c_j, and n_j the term of x_j, by
// their values: an element that equals the largest is taken for it.
//
// Error: docs/error_bounds.md, lemmas 34 and 35 (the sums of the others, A_j and n_j; the gradient
// of soft targets).

#if defined(XENT_IMPL_SIMD_SOFT_SOFT_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SOFT_GRADIENT_INL
#undef XENT_IMPL_SIMD_SOFT_SOFT_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_SOFT_SOFT_GRADIENT_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/driver/row_functions.hpp"
#include "impl/driver/segments.hpp"
#include "impl/rows/soft_gradient.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/reduce/float_sum-inl.hpp"
#include "impl/simd/soft/block_terms-inl.hpp"
#include "impl/simd/soft/coefficient_lanes-inl.hpp"
#include "impl/simd/soft/doubles/double_row_gradient-inl.hpp"
#include "impl/simd/soft/mass_lanes-inl.hpp"
#include "impl/simd/soft/soft_component-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns one component, in pairs, for any element type.
template <class T>
HWY_INLINE T component_at(const SoftGradient& gradient, T x_j, Pair c_j) {
  const Pair term = term_in_unit<T>(static_cast<double>(x_j), gradient.row.unit);
  return static_cast<T>(gradient.component(static_cast<double>(x_j), term, c_j));
}

/// Writes all components of row x, one by one, in pairs.
template <class T>
HWY_INLINE void soft_gradient_components(VectorView<const T> x, const Coefficients<T>& c,
                                         const SoftGradient& gradient, VectorView<T> g) {
  c.for_each([&](std::ptrdiff_t j, Pair c_j) { g[j] = component_at(gradient, x[j], c_j); });
}

/// Writes the components of the block p of n elements to out.
template <bool holds_maximum, class Exp, class Source, class A>
HWY_INLINE void soft_block(const A* p, std::ptrdiff_t n, const BlockTerms<Exp>& terms,
                           const Source& source, const SoftFactors& row, float* out) {
  const std::ptrdiff_t w = lanes(Wide());
  WideVec x = row.m;
  std::ptrdiff_t j = 0;
  for (; j + w <= n; j += w) {
    if constexpr (holds_maximum) x = load_wide(p + j);
    const auto g = soft_component<holds_maximum>(x, terms.at(j), source.at(j).hi, row);
    hn::StoreU(hn::DemoteTo(Narrow(), g), Narrow(), out + j);
  }
  if (j == n) return;
  x = load_wide_padded(p + j, n - j, 0);
  const auto g = soft_component<true>(x, terms.at(j), source.last(j, n - j).hi, row);
  store_first(Narrow(), hn::DemoteTo(Narrow(), g), out + j, n - j);
}

/// Writes the components of part x of a row, which begins at element `begin` of it, to g. The
/// Source gives the coefficients c in lanes.
template <class Exp, class Source, class Targets, class T>
HWY_INLINE void soft_gradient_part(const Targets& c, const SoftGradient& gradient,
                                   VectorView<const T> x, std::ptrdiff_t begin, VectorView<T> g) {
  const SoftFactors row(gradient, in_tail_unit(Exp::template table_factor<table_size>));
  const ExpInUnit<Exp> unit(gradient.row.unit, Exp::sum_scale);
  const auto m = static_cast<float>(gradient.row.m);
  Source source(c);
  BlockTerms<Exp> terms;
  BlockReader<T> reader(x);
  BlockWriter<T> writer(g);
  for (std::ptrdiff_t j = 0; j < x.size; j += block_size) {
    const std::ptrdiff_t n = std::min(block_size, x.size - j);
    const auto* p = reader.read(j, n);
    source.read(begin + j, n);
    terms.find(p, n, unit, m);
    float* out = writer.block(j);
    if (terms.holds_maximum)
      soft_block<true>(p, n, terms, source, row, out);
    else
      soft_block<false>(p, n, terms, source, row, out);
    writer.written(j, n);
  }
}

/// Writes the gradient of row x with coefficients from the Source. Where clamped terms might count,
/// because a factor is too large, it computes component by component.
template <class Exp, class Source, class T>
HWY_INLINE void soft_gradient_from(const Coefficients<T>& c, SoftGradient& gradient,
                                   VectorView<const T> x, Pair lse, const RowOutputs<T>& out) {
  gradient.mass = mass_in_lanes<Source>(c, out.threads);
  gradient.mass.add_to_others(c.z_loss().mass(lse));
  if (!(gradient.mass.size * std::abs(gradient.t.hi) <= Exp::largest_factor))
    return soft_gradient_components(x, c, gradient, out.g);
  for_each_part(x.size, out.threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
    soft_gradient_part<Exp, Source>(c, gradient, part_of(x, begin, end), begin,
                                    part_of(out.g, begin, end));
  });
}

/// Writes the gradient of row x, whose log-sum-exp is `lse`, against the coefficients c, times
/// scale, to out.g.
template <class Exp, class T>
HWY_INLINE void soft_gradient(VectorView<const T> x, const Coefficients<T>& c, const WholeRow& row,
                              Pair lse, Pair scale, const RowOutputs<T>& out) {
  if constexpr (std::is_same_v<typename Exp::Lane, double>) {
    bool is_put = false;
    with_source(c, [&](auto source) {
      is_put =
          put_double_gradient<Exp, typename decltype(source)::type>(c, row, x, lse, scale, out);
    });
    if (!is_put) soft_gradient_components(x, c, soft_gradient_of(row, c, lse, scale), out.g);
  } else {
    SoftGradient gradient = {row, {}, div(scale, row.total())};
    with_source(c, [&](auto source) {
      soft_gradient_from<Exp, typename decltype(source)::type>(c, gradient, x, lse, out);
    });
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
