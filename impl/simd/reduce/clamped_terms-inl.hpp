// SPDX-License-Identifier: MIT
// Tells where terms that lanes clamp (simd/math/exp-inl.hpp, simd/math/table_exp-inl.hpp) might
// count in a result, and sums rows of f64 without them. Proof: docs/error_bounds.md, lemma 11
// (clamped terms in sums).

#if defined(XENT_IMPL_SIMD_REDUCE_CLAMPED_TERMS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_CLAMPED_TERMS_INL
#undef XENT_IMPL_SIMD_REDUCE_CLAMPED_TERMS_INL
#else
#define XENT_IMPL_SIMD_REDUCE_CLAMPED_TERMS_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/rows/low_tail.hpp"
#include "impl/rows/row_state.hpp"
#include "impl/simd/math/exp_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Tells whether a factor of a sum is above 2^32 (f32 lanes) or 2^64 (double lanes), or NaN: times
/// it, 2^31 clamped terms might no longer vanish in a result. Then use double lanes, or for f64 the
/// C library.
template <class Exp>
bool is_too_large(double factor) {
  return !(std::abs(factor) <= Exp::largest_factor_of_sum);
}

/// Sums the tail of a row of f64 again, by the C library, where clamped terms might count in it.
/// Call it for a row whose factor is too large.
inline void sum_without_clamped(VectorView<const double> x, RowState& state) {
  if (state.is_number() && state.tail.hi < DoubleExp::largest_clamped_tail)
    state.tail = low_tail(x, state);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
