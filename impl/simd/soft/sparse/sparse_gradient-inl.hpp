// SPDX-License-Identifier: MIT
// Computes the gradient of a row against sparse coefficients (impl/rows/sparse_coefficients.hpp).
// For the classes with the coefficient o of the others a component is a function of x_j alone:
//
//   g_j = t (e_j A_j - o n_j) = t Q e_j - scale o,   as A_j = Q - o, n_j = sum_k e_k - e_j
//
// with the z-loss in Q. The few others are computed as all are of other soft targets,
// in a row of their own (simd/soft/soft_gradient-inl.hpp; of f64
// simd/soft/doubles/double_row_gradient-inl.hpp).
//
// Why it is safe: t e_j o, by which both terms are larger than those of the formula, is at most one
// part in C - 1 of the first, since A_j >= (C - 1) o.
//
// Error: docs/error_bounds.md, lemma 92 (sparse coefficients).

#if defined(XENT_IMPL_SIMD_SOFT_SPARSE_SPARSE_GRADIENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SPARSE_SPARSE_GRADIENT_INL
#undef XENT_IMPL_SIMD_SOFT_SPARSE_SPARSE_GRADIENT_INL
#else
#define XENT_IMPL_SIMD_SOFT_SPARSE_SPARSE_GRADIENT_INL
#endif

#include <cmath>
#include <cstddef>

#include <hwy/highway.h>

#include "impl/driver/row_functions.hpp"
#include "impl/driver/segments.hpp"
#include "impl/rows/soft_gradient.hpp"
#include "impl/rows/sparse_coefficients.hpp"
#include "impl/simd/labels/gradient_lanes-inl.hpp"
#include "impl/simd/labels/label_gradient-inl.hpp"
#include "impl/simd/labels/lane_gradient-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/soft/sparse/few_components-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Computes components t exp(x) - b in lanes.
template <class Exp>
class ShiftedGradientLanes {
 public:
  ShiftedGradientLanes(const WholeRow& row, Pair t, double b)
      : lanes_(row, t), b_(hn::Set(LaneTag<Exp>(), static_cast<typename Exp::Lane>(b))) {}

  template <std::size_t N>
  HWY_INLINE void to_gradient(LaneVec<Exp> (&x)[N]) const {
    lanes_.to_gradient(x);
    for (auto& g : x) g = hn::Sub(g, b_);
  }

 private:
  GradientLanes<Exp> lanes_;
  LaneVec<Exp> b_;
};

/// The factors of t Q e_j - scale o.
struct SparseFactors {
  Pair of_terms;  // t Q
  Pair shift;     // scale o
};

/// Tells whether lanes may compute components with these factors: in exponentials of pairs a
/// difference of two roundings would be less accurate than the bound.
template <class Exp>
HWY_INLINE bool fits_sparse_lanes(const SparseFactors& factors) {
  constexpr double least_shift = std::is_same_v<typename Exp::Lane, double> ? 0x1p-800 : 0x1p-90;
  const double shift = std::abs(factors.shift.hi);
  if (!fits_lanes<Exp>(factors.of_terms.hi)) return false;
  return shift == 0 || (!Exp::in_pairs && shift >= least_shift && shift <= 0x1p64);
}

/// Returns the factors for the numbers that all components share; Q has the z-loss in it.
template <class T>
HWY_INLINE SparseFactors sparse_factors(const SparseCoefficients<T>& c,
                                        const SoftGradient& gradient, Pair scale) {
  const Pair z = impl::scale(gradient.z.value, gradient.z.unit);
  const Pair mass = add(impl::scale(gradient.mass.total, c.unit()), z);
  return {mul(gradient.t, mass), mul(scale, impl::scale(c.others(), c.unit()))};
}

/// Writes the gradient of row x, whose coefficients are c, to out.g and returns true, or returns
/// false where lanes cannot compute it. `scale` is the product of gradient.t and the sum of the
/// exponentials.
template <class Exp, class T>
HWY_INLINE bool put_sparse_gradient(VectorView<const T> x, const SparseCoefficients<T>& c,
                                    const SoftGradient& gradient, Pair scale,
                                    const RowOutputs<T>& out) {
  const SparseFactors factors = sparse_factors(c, gradient, scale);
  if (!fits_sparse_lanes<Exp>(factors)) return false;
  Few<T> few;  // found before g is written, which may be x
  if (!find_few<Exp>(x, c, gradient, scale, few)) return false;
  for_each_part(x.size, out.threads, [&](std::ptrdiff_t begin, std::ptrdiff_t end) {
    const VectorView<const T> part = part_of(x, begin, end);
    const VectorView<T> g = part_of(out.g, begin, end);
    if (factors.shift.hi == 0)
      put_lane_gradient<Exp>(part, GradientLanes<Exp>(gradient.row, factors.of_terms), g,
                             out.streams);
    else if constexpr (!Exp::in_pairs)
      put_lane_gradient<Exp>(
          part, ShiftedGradientLanes<Exp>(gradient.row, factors.of_terms, factors.shift.hi), g,
          out.streams);
  });
  for (std::ptrdiff_t l = 0; l < c.count(); ++l) out.g[c.class_at(l)] = few[l];
  return true;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
