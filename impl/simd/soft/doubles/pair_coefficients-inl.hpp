// SPDX-License-Identifier: MIT
// Makes the coefficients of f64 in lanes, as pairs:
//
//   2^256 c_j,   c_j = w_j ((1 - eps) q_j + eps / C)
//
// Error, relative: 2^-98 for q_j >= 0. Proof: docs/error_bounds.md, lemma 6 (coefficients).

#if defined(XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_COEFFICIENTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_COEFFICIENTS_INL
#undef XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_COEFFICIENTS_INL
#else
#define XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_COEFFICIENTS_INL
#endif

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/targets/row_options.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns 2^256 c of probabilities q and weights w, which count where the options have weights.
HWY_INLINE WidePair pair_coefficients(const RowOptions<double>& options, WideVec q, WideVec w) {
  const Wide tag;
  const WideVec zero = hn::Zero(tag);
  WidePair c = {hn::Mul(q, hn::Set(tag, tail_scale)), zero};
  if (options.problem_options().label_smoothing != 0)
    c = add(mul(set_pair(options.kept()), c.hi), scale(set_pair(options.uniform()), tail_scale));
  if (options.weight().data == nullptr) return c;
  const auto is_zero = hn::Or(hn::Eq(c.hi, zero), hn::Eq(w, zero));
  return choose(is_zero, {zero, zero}, mul(c, w));
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
