// SPDX-License-Identifier: MIT
// Computes components against soft targets of f64 in lanes, in pairs:
//
//   g_j = t (e_j (A_j + z) - c_j n_j)     (impl/rows/soft_gradient.hpp)
//
// A_j leaves out c_j by its value: one that equals the largest is taken for it.
//
// Error: 2^-94 of the size of the terms, besides the errors of e_j and R, and one rounding. Proof:
// docs/error_bounds.md, lemmas 34, 35 and 88 (the sums of the others, A_j and n_j; the gradient of
// soft targets; soft targets of f64 in lanes).

#if defined(XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_COMPONENT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_COMPONENT_INL
#undef XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_COMPONENT_INL
#else
#define XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_COMPONENT_INL
#endif

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"
#include "impl/simd/math/gradient_scale-inl.hpp"
#include "impl/simd/soft/target_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The numbers that the components share, of one row in all lanes or of a row in each lane. All but
/// t are times 2^256.
struct SoftPairFactors {
  WidePair tail;     // sum_{k != a} e_k
  WidePair all;      // sum_k e_k
  WidePair largest;  // c_b
  WidePair rest;     // A_b + z
  WidePair total;    // sum_k c_k + z
  WidePair t;

  HWY_INLINE SoftPairFactors() = default;  // named, or g++ compiles it for the baseline
};

/// Returns 2^512 times components from their terms e and coefficients c, both times 2^256.
/// `is_maximum` tells where x_j is the maximum of its row.
HWY_INLINE WidePair pair_component(const SoftPairFactors& row, const WidePair& e, const WidePair& c,
                                   hn::Mask<Wide> is_maximum) {
  if (are_zero(c)) return mul_loosely(mul_loosely(e, row.total), row.t);  // n_j does not count
  const auto is_largest = hn::And(hn::Eq(c.hi, row.largest.hi), hn::Eq(c.lo, row.largest.lo));
  const WidePair others = choose(is_largest, row.rest, subtract_loosely(row.total, c));
  const WidePair n = choose(is_maximum, row.tail, subtract_loosely(row.all, e));
  const WidePair difference = subtract_loosely(mul_loosely(e, others), mul_loosely(c, n));
  return mul_loosely(difference, row.t);
}

/// Returns such components as they are, rounded once, and once more where they are subnormal.
HWY_INLINE WideVec rounded_component(const WidePair& g) {
  return in_own_unit<DoubleExp>(hn::Add(g.hi, g.lo), tail_scale);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
