// SPDX-License-Identifier: MIT
// The row functions in vectors, for a kind of exponential `Exp` (math/exponential-inl.hpp): that of
// groups against labels (labels/label_rows-inl.hpp), and that of one row against soft targets.
//
// Error: docs/error_bounds.md, lemmas 59 to 64 and 87 (simd; faithful; rows in lanes).

#if defined(XENT_IMPL_SIMD_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_ROWS_INL
#undef XENT_IMPL_SIMD_ROWS_INL
#else
#define XENT_IMPL_SIMD_ROWS_INL
#endif

#include <cmath>
#include <type_traits>

#include <hwy/highway.h>

#include "impl/driver/row_functions.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/rows/sparse_coefficients.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/simd/labels/finish_rows-inl.hpp"
#include "impl/simd/labels/label_rows-inl.hpp"
#include "impl/simd/lanes/upper_halves-inl.hpp"
#include "impl/simd/math/table_exp-inl.hpp"
#include "impl/simd/reduce/clamped_terms-inl.hpp"
#include "impl/simd/reduce/float_sum-inl.hpp"
#include "impl/simd/reduce/sweep_row-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"
#include "impl/simd/soft/soft_gradient-inl.hpp"
#include "impl/simd/soft/soft_state-inl.hpp"
#include "impl/simd/soft/sparse/sparse_gradient-inl.hpp"
#include "impl/simd/soft/sparse/sparse_state-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Returns the state of row x against the coefficients c, also given as `sparse` where they are; up
/// to `threads` threads share a wide row.
template <class Exp, class T>
HWY_INLINE SoftState state_with_targets(VectorView<const T> x, const Coefficients<T>& c,
                                        const SparseCoefficients<T>& sparse, int threads) {
  if (sparse.is_sparse()) return sparse_state<Exp>(x, sparse, sparse.mass().total, threads);
  return soft_state<Exp>(x, c, threads,
                         [](VectorView<const T> part) { return BlockReader<T>(part); });
}

/// Writes the gradient of row x against such coefficients, times scale.
template <class Exp, class T>
HWY_INLINE void gradient_with_targets(VectorView<const T> x, const Coefficients<T>& c,
                                      const SparseCoefficients<T>& sparse, const WholeRow& row,
                                      Pair lse, Pair scale, const RowOutputs<T>& out) {
  if (sparse.is_sparse() &&
      put_sparse_gradient<Exp>(x, sparse, sparse_gradient_of(row, sparse, lse, scale), scale, out))
    return;
  soft_gradient<Exp>(x, c, row, lse, scale, out);
}

/// Returns the loss of row x against the coefficients c, and writes its gradient and log-sum-exp
/// where they are wanted (SoftRow of impl/driver/row_functions.hpp).
template <class Exp, class T>
HWY_INLINE ScaledPair soft_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                               const RowOutputs<T>& out) {
  const Coefficients<T> scaled = c.scaled();
  const SparseCoefficients<T> sparse(scaled);
  auto [state, sums] = state_with_targets<Exp>(x, scaled, sparse, out.threads);
  if (!state.is_number()) return without_loss(out);
  if (may_be_huge<T>(sums)) sums = with_huge_gap(sums, x, scaled, state);
  const double mass = std::abs(sums.mass.hi * sums.unit) + c.z_loss().largest_mass(state.m);
  if (is_too_large<Exp>(mass) || is_too_large<Exp>(mass * scale.hi)) {
    if constexpr (std::is_same_v<typename Exp::Lane, float>)
      state = row_state<WideExp>(x, out.threads);
    else
      sum_without_clamped(x, state);
  }
  const WholeRow row = with_top<T>(state);
  ScaledPair l;
  log1p_of_tails<T>(&row, 1, &l);
  const Pair lse = put_lse(out, lse_of(row.m, l));
  if (out.g.data != nullptr) gradient_with_targets<Exp>(x, scaled, sparse, row, lse, scale, out);
  return c.z_loss().added(soft_loss(l, sums), lse);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
