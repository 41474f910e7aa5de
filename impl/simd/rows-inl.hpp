// SPDX-License-Identifier: MIT
// The row functions in vectors, for a kind of exponential `Exp` (math/exponential-inl.hpp). Which
// code computes a row depends on the number of classes and on the row itself, never on its
// neighbours: so a row has the same bits in any batch.
//
// Error: docs/error_bounds.md, lemmas 59 to 64 (simd; faithful; rows in lanes).

#if defined(XENT_IMPL_SIMD_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_ROWS_INL
#undef XENT_IMPL_SIMD_ROWS_INL
#else
#define XENT_IMPL_SIMD_ROWS_INL
#endif

#include <bit>
#include <cmath>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/rows/low_tail.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/simd/labels/finish_rows-inl.hpp"
#include "impl/simd/labels/medium_rows-inl.hpp"
#include "impl/simd/labels/short_rows-inl.hpp"
#include "impl/simd/lanes/upper_halves-inl.hpp"
#include "impl/simd/math/table_exp-inl.hpp"
#include "impl/simd/reduce/float_sum-inl.hpp"
#include "impl/simd/reduce/sweep_row-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"
#include "impl/simd/soft/soft_gradient-inl.hpp"
#include "impl/simd/soft/soft_state-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Tells whether a factor of a sum is above 2^32 (f32 lanes) or 2^64 (double lanes), or NaN: times
/// it, 2^31 clamped terms might no longer vanish in a result. Then use double lanes, or for f64 the
/// C library.
template <class Exp>
bool is_too_large(double factor) {
  return !(std::abs(factor) <= Exp::largest_factor_of_sum);
}

/// Returns a bit mask of the wanted rows of the group whose factor w, or w scale, is too large.
template <class Exp, class T>
HWY_INLINE std::uint64_t large_factors(const LabelGroup<T>& group) {
  const auto is_large = [&](double w) {
    return is_too_large<Exp>(w) || is_too_large<Exp>(w * group.scale.hi);
  };
  if (group.is_uniform) return is_large(1) ? group.wanted : 0;
  std::uint64_t large = 0;
  for (int k = 0; k < group.count; ++k) large |= std::uint64_t{is_large(group.w[k])} << k;
  return large & group.wanted;
}

/// Sums the tail of a row of f64 again, by the C library, where clamped terms might count in it.
/// Call it for a row whose factor is too large.
inline void sum_without_clamped(VectorView<const double> x, RowState& state) {
  if (state.is_number() && state.tail.hi < DoubleExp::largest_clamped_tail)
    state.tail = low_tail(x, state);
}

/// Computes the wanted rows of the group one by one: their states with exponentials of the kind
/// Sum, their gradients with those of Exp.
template <class Sum, class Exp, class T>
HWY_NOINLINE void rows_one_by_one(LabelGroup<T>& group) {
  RowState states[most_in_group];
  for (int k = 0; k < group.count; ++k)
    if (group.wants(k)) states[k] = row_state<Sum>(group.x.row(group.first + k), group.threads);
  if constexpr (sizeof(T) == 8) {
    for (std::uint64_t large = large_factors<Exp>(group); large != 0; large &= large - 1) {
      const int k = std::countr_zero(large);
      sum_without_clamped(group.x.row(group.first + k), states[k]);
    }
  }
  finish_rows<Exp>(group, states);
}

/// Writes NaN results for every wanted row of the group.
template <class T>
HWY_NOINLINE void put_no_losses(LabelGroup<T>& group) {
  for (int k = 0; k < group.count; ++k)
    if (group.wants(k)) group.put_loss(k, without_loss(group.outputs(k)));
}

/// Computes the wanted rows of the group in f32 lanes, by the way for their number of classes.
template <class Exp, class T>
HWY_INLINE void rows_in_floats(LabelGroup<T>& group) {
  const std::ptrdiff_t classes = group.x.cols;
  if (classes <= short_row_classes) {
    if (group.g.data == nullptr)
      short_rows<Exp, false>(group);
    else
      short_rows<Exp, true>(group);
    if (group.wanted != 0) rows_one_by_one<Exp, Exp>(group);
  } else if (classes <= medium_row_classes) {
    medium_rows<Exp>(group);
    if (group.wanted != 0) put_no_losses(group);
  } else {
    rows_one_by_one<Exp, Exp>(group);
  }
}

/// Computes the wanted rows of the group against their labels (LabelRows of
/// impl/driver/row_functions.hpp).
template <class Exp, class T>
HWY_INLINE void label_rows(LabelGroup<T>& group) {
  if constexpr (std::is_same_v<typename Exp::Lane, double>) {
    rows_one_by_one<Exp, Exp>(group);
  } else {
    const std::uint64_t large = large_factors<Exp>(group);
    group.wanted &= ~large;
    if (group.wanted != 0) rows_in_floats<Exp>(group);
    group.wanted = large;
    if (large != 0) rows_one_by_one<WideExp, Exp>(group);
  }
}

/// Returns the loss of row x against the coefficients c, and writes its gradient and log-sum-exp
/// where they are wanted (SoftRow of impl/driver/row_functions.hpp).
template <class Exp, class T>
HWY_INLINE ScaledPair soft_row(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                               const RowOutputs<T>& out) {
  const Coefficients<T> scaled = c.scaled();
  auto [state, sums] = soft_state<Exp>(x, scaled, out.threads);
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
  if (out.g.data != nullptr) soft_gradient<Exp>(x, scaled, row, lse, scale, out);
  return c.z_loss().added(soft_loss(l, sums), lse);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
