// SPDX-License-Identifier: MIT
// Computes components against soft targets for f32 and 16-bit logits, in double lanes:
//
//   g_j = t (e_j A_j - c_j n_j)     (impl/rows/soft_gradient.hpp)
//
// A_j leaves out c_j, and n_j the term of x_j, by their values: an element that equals the largest
// is taken for it.
//
// Error: docs/error_bounds.md, lemmas 34 and 35 (the sums of the others, A_j and n_j; the gradient
// of soft targets).

#if defined(XENT_IMPL_SIMD_SOFT_SOFT_COMPONENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SOFT_COMPONENT_INL
#undef XENT_IMPL_SIMD_SOFT_SOFT_COMPONENT_INL
#else
#define XENT_IMPL_SIMD_SOFT_SOFT_COMPONENT_INL
#endif

#include <hwy/highway.h>

#include "impl/rows/soft_gradient.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The numbers that all components of a row of f32 share, in double lanes, in units of the terms of
/// the kind of exponential.
struct SoftFactors {
  WideVec largest, rest, mass, m, tail, total, t;

  SoftFactors(const SoftGradient& row, double unit)
      : largest(hn::Set(Wide(), row.mass.largest.hi)),
        rest(hn::Set(Wide(), row.mass.rest.hi)),
        mass(hn::Set(Wide(), row.mass.total.hi)),
        m(hn::Set(Wide(), row.row.m)),
        tail(hn::Set(Wide(), row.row.tail.hi / unit)),
        total(hn::Set(Wide(), (row.row.top.hi + row.row.tail.hi) / unit)),
        t(hn::Set(Wide(), row.t.hi * (unit / tail_scale))) {}
};

/// Returns t (e A - c n), where A leaves out c, n leaves out e. `holds_maximum`: an x may be the
/// maximum of the row.
template <bool holds_maximum>
HWY_INLINE WideVec soft_component(WideVec x, WideVec e, WideVec c, const SoftFactors& row) {
  const auto is_largest = hn::Eq(c, row.largest);
  const WideVec of_others = hn::IfThenElse(is_largest, row.rest, hn::Sub(row.mass, c));
  WideVec n = hn::Sub(row.total, e);
  if constexpr (holds_maximum) n = hn::IfThenElse(hn::Eq(x, row.m), row.tail, n);
  const WideVec difference = hn::NegMulAdd(c, n, hn::Mul(e, of_others));
  return hn::Mul(difference, row.t);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
