// SPDX-License-Identifier: MIT
// The gradient of soft targets,
//
//   g_j = t (e_j A_j - c_j n_j)                                        see impl/soft_gradient.hpp
//
// Of f32 in double lanes, and the component that leaves something out of Q is written afterwards;
// that of f64 needs more than double and is computed component by component.

#if defined(XENT_IMPL_SIMD_SOFT_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_GRADIENT_INL
#undef XENT_IMPL_SIMD_SOFT_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_SOFT_GRADIENT_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/simd/blocks-inl.hpp"
#include "impl/simd/coefficient_lanes-inl.hpp"
#include "impl/simd/exp-inl.hpp"
#include "impl/simd/lanes-inl.hpp"
#include "impl/soft_gradient.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Component by component, exactly enough for every type.
template <class T>
HWY_INLINE T component_at(const SoftGradient& gradient, std::ptrdiff_t j, T x_j, Pair c_j) {
  const Pair term = term_in_unit<T>(static_cast<double>(x_j), gradient.row.unit);
  return static_cast<T>(gradient.component(j, static_cast<double>(x_j), term, c_j));
}

template <class T>
HWY_INLINE void soft_gradient_components(VectorView<const T> x, const Coefficients<T>& c,
                                         const SoftGradient& gradient, VectorView<T> g) {
  c.for_each([&](std::ptrdiff_t j, Pair c_j) { g[j] = component_at(gradient, j, x[j], c_j); });
}

template <class Exp>
HWY_INLINE void soft_gradient(VectorView<const double> x, const Coefficients<double>& c,
                              const SoftGradient& gradient, VectorView<double> g) {
  soft_gradient_components(x, c, gradient, g);
}

/// What is the same for all components of a row of f32.
struct WideFactors {
  WideVec mass, m, tail, total, t;
};

/// t (e (Q - c) - c n) with e = exp(x) in the unit of the row; n is the tail where x is the
/// maximum, else total - e.
HWY_INLINE NarrowVec soft_term(WideVec x, WideVec e, WideVec c, const WideFactors& row) {
  const WideVec n = hn::IfThenElse(hn::Eq(x, row.m), row.tail, hn::Sub(row.total, e));
  const WideVec first = hn::Mul(e, hn::Sub(row.mass, c));
  const WideVec second = hn::Mul(c, n);
  return hn::DemoteTo(Narrow(), hn::Mul(hn::Sub(first, second), row.t));
}

template <class Source, class T>
HWY_INLINE void soft_gradient_from(Source source, VectorView<const T> x,
                                   const ExpInUnit<WideExp>& unit, const WideFactors& factors,
                                   VectorView<T> g) {
  const std::ptrdiff_t w = lanes(Wide());
  const WideVec unscale = hn::Set(Wide(), 1 / WideExp::gradient_scale);
  const auto term_of = [&](WideVec x_j, WideVec c_j) {
    WideVec e[1] = {x_j};
    unit.template to_terms<Reach::any>(e);
    return soft_term(x_j, hn::Mul(e[0], unscale), c_j, factors);
  };
  BlockReader<T> reader(x);
  BlockWriter<T> writer(g);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    const auto* p = reader.read(begin, n);
    source.read(begin, n);
    float* out = writer.block(begin);
    std::ptrdiff_t j = 0;
    for (; j + w <= n; j += w)
      hn::StoreU(term_of(load_wide(p + j), source.at(j).hi), Narrow(), out + j);
    if (j < n) {
      const auto last = load_wide_padded(p + j, n - j, 0);
      store_first(Narrow(), term_of(last, source.last(j, n - j).hi), out + j, n - j);
    }
    writer.written(begin, n);
  });
}

template <class Exp, class T>
requires(sizeof(T) < 8) HWY_INLINE
    void soft_gradient(VectorView<const T> x, const Coefficients<T>& c,
                       const SoftGradient& gradient, VectorView<T> g) {
  const auto& [row, mass, t, unit] = gradient;
  if (!(mass.size * std::abs(t.hi) <= F32Exp::largest_factor))
    return soft_gradient_components(x, c, gradient, g);
  const WideFactors factors = {
      hn::Set(Wide(), mass.total.hi), hn::Set(Wide(), row.m), hn::Set(Wide(), row.tail.hi / tail_scale),
      hn::Set(Wide(), row.total().hi), hn::Set(Wide(), t.hi)};
  const ExpInUnit<WideExp> lanes_unit(row.unit, WideExp::gradient_exponent);
  const T at_largest = component_at(gradient, mass.largest, x[mass.largest], c[mass.largest]);
  if (c.plain().data != nullptr)
    soft_gradient_from(PlainLanes<T>(c), x, lanes_unit, factors, g);
  else
    soft_gradient_from(BlockLanes<T>(c), x, lanes_unit, factors, g);
  g[mass.largest] = at_largest;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
