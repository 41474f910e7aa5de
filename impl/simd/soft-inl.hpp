// SPDX-License-Identifier: MIT
// Loss and gradient of soft targets.
//
//   loss = D + l Q,   D = sum_j c_j (m - x_j),   Q = sum_j c_j          a term with c_j = 0 is 0
//   g_j  = t (e_j A_j - c_j n_j)                                        see impl/soft_gradient.hpp
//
// The sums run in double lanes: for f32 plain ones, for f64 compensated ones. The gradient of f32
// runs in double lanes too, and the component that leaves something out of Q is written afterwards;
// that of f64 needs more than double and is computed component by component.

#if defined(XENT_IMPL_SIMD_SOFT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_INL
#undef XENT_IMPL_SIMD_SOFT_INL
#else
#define XENT_IMPL_SIMD_SOFT_INL
#endif

#include <hwy/highway.h>

#include "impl/simd/blocks-inl.hpp"
#include "impl/simd/coefficient_lanes-inl.hpp"
#include "impl/simd/error_free-inl.hpp"
#include "impl/simd/exp-inl.hpp"
#include "impl/simd/label_gradient-inl.hpp"
#include "impl/simd/lanes-inl.hpp"
#include "impl/soft_gradient.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Lanes of D and Q; `Compensated` keeps the errors of the sums and of m - x_j.
template <bool Compensated>
class TargetLanes {
 public:
  TargetLanes()
      : gap_(hn::Zero(Wide())),
        gap_lo_(hn::Zero(Wide())),
        mass_(hn::Zero(Wide())),
        mass_lo_(hn::Zero(Wide())) {}
  HWY_INLINE void add(WideVec x, WideCoefficient c, WideVec m) {
    const auto absent = hn::Eq(c.hi, hn::Zero(Wide()));
    const WideVec d = hn::Sub(m, x);
    const WideVec term = hn::IfThenZeroElse(absent, hn::Mul(c.hi, d));
    if constexpr (Compensated) {
      const WideVec x_part = hn::Sub(m, d);
      const WideVec e = hn::Sub(hn::Sub(m, hn::Add(d, x_part)), hn::Sub(x, x_part));
      const auto product = two_prod(Wide(), hn::Mul(c.hi, hn::Set(Wide(), 0x1p128)),
                                    hn::Mul(d, hn::Set(Wide(), 0x1p-128)));  // of no large number
      const WideVec rest = hn::Add(product.lo, hn::Add(hn::Mul(c.hi, e), hn::Mul(c.lo, d)));
      gap_lo_ = hn::Add(gap_lo_, hn::IfThenZeroElse(absent, rest));
      add_exactly(gap_, gap_lo_, term);
      add_exactly(mass_, mass_lo_, c.hi);
      mass_lo_ = hn::Add(mass_lo_, c.lo);
    } else {
      gap_ = hn::Add(gap_, term);
      mass_ = hn::Add(mass_, c.hi);
    }
  }
  TargetSums total(double unit) const {
    return {sum_of_lanes(Wide(), gap_, gap_lo_), sum_of_lanes(Wide(), mass_, mass_lo_), unit};
  }

 private:
  WideVec gap_, gap_lo_, mass_, mass_lo_;
};

template <class Source, class T>
HWY_INLINE TargetSums target_sums_from(Source source, VectorView<const T> x, double maximum,
                                       double unit) {
  const std::ptrdiff_t w = lanes(Wide());
  const WideVec m = hn::Set(Wide(), maximum);
  TargetLanes<sizeof(T) == 8> sums;
  BlockReader<T> reader(x);
  for_each_block(x.size, [&](std::ptrdiff_t begin, std::ptrdiff_t n) {
    const auto* p = reader.read(begin, n);
    source.read(begin, n);
    std::ptrdiff_t j = 0;
    for (; j + w <= n; j += w) sums.add(load_wide(p + j), source.at(j), m);
    if (j < n) sums.add(load_wide_padded(p + j, n - j, maximum), source.last(j, n - j), m);
  });
  return sums.total(unit);
}

template <class T>
HWY_INLINE TargetSums target_sums(VectorView<const T> x, const Coefficients<T>& c, double maximum) {
  if (c.plain().data != nullptr) return target_sums_from(PlainLanes<T>(c), x, maximum, c.unit());
  return target_sums_from(BlockLanes<T>(c), x, maximum, c.unit());
}

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
