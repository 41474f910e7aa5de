// SPDX-License-Identifier: MIT
// Computes the losses of all rows of a group against soft targets, in vectors of doubles, from the
// logarithms l of simd/groups/group_logs-inl.hpp and the sums of simd/soft/column_sums-inl.hpp:
//
//   loss = v (D + l Q + k lse^2),   lse = m + l,   t = v scale / (top + tail)
//
// Error: 2^-50 of the sum of the magnitudes of the terms, besides those of l, D and Q. Proof:
// docs/error_bounds.md, lemmas 33, 64 and 81 (D and Q of soft targets; rows in lanes; z-loss).

#if defined(XENT_IMPL_SIMD_SOFT_GROUP_SOFT_LOSSES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_GROUP_SOFT_LOSSES_INL
#undef XENT_IMPL_SIMD_SOFT_GROUP_SOFT_LOSSES_INL
#else
#define XENT_IMPL_SIMD_SOFT_GROUP_SOFT_LOSSES_INL
#endif

#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/soft/column_sums-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The numbers that come once a row, besides those of GroupState and SoftSums.
struct RowFactors {
  alignas(64) double lse[most_in_group];  // m + l
  alignas(64) double t[most_in_group];    // v scale / (top + tail)
};

/// Returns, for a vector of rows from row k on, whether clamped terms are negligible in what they
/// are multiplied by: Q, z, and with a gradient A_j and c_j, times v scale.
template <class Exp, bool has_gradient, class T>
HWY_INLINE auto has_small_factors(const SoftGroup<T>& group, const GroupState& rows,
                                  const SoftSums& sums, const RowFactors& factors, int k) {
  const Wide tag;
  const WideVec most = hn::Set(tag, Exp::largest_factor_of_sum);
  const WideVec z_of_1 = hn::Set(tag, 2 * group.options->problem_options().z_loss);
  const WideVec most_lse = hn::Add(hn::Abs(hn::Load(tag, rows.m + k)), hn::Set(tag, 64));
  const WideVec z = hn::Mul(z_of_1, most_lse);
  const WideVec mass = hn::Add(hn::Abs(hn::Load(tag, sums.mass + k)), z);
  const WideVec scale = hn::Abs(hn::Mul(hn::Load(tag, group.v + k), hn::Set(tag, group.scale.hi)));
  auto is_small = hn::And(hn::Le(mass, most), hn::Le(hn::Mul(mass, scale), most));
  if constexpr (has_gradient) {
    const WideVec size = hn::Add(hn::Load(tag, sums.size + k), z);
    const WideVec t = hn::Mul(hn::Abs(hn::Load(tag, factors.t + k)), hn::Set(tag, tail_scale));
    is_small = hn::And(is_small, hn::Le(hn::Mul(size, t), hn::Set(tag, Exp::largest_factor)));
  }
  return is_small;
}

/// Writes the losses and factors of a vector of rows from row k on, and returns a bit mask, bit k
/// for row k, of the rows that need no special handling.
template <class Exp, bool has_gradient, class T>
HWY_INLINE std::uint64_t finish_soft_rows(const GroupState& rows, const SoftSums& sums, int k,
                                          SoftGroup<T>& group, RowFactors& factors) {
  const Wide tag;
  const WideVec v = hn::Load(tag, group.v + k);
  const WideVec tail = hn::Load(tag, rows.tail + k);
  WideVec l = hn::Load(tag, rows.l + k);
  l = hn::IfThenZeroElse(hn::Lt(l, hn::Set(tag, Exp::least_tail)), l);
  const WideVec lse = hn::Add(hn::Load(tag, rows.m + k), l);
  WideVec loss = hn::MulAdd(l, hn::Load(tag, sums.mass + k), hn::Load(tag, sums.gap + k));
  const WideVec z_factor = hn::Set(tag, group.options->problem_options().z_loss);
  loss = hn::MulAdd(hn::Mul(z_factor, lse), lse, loss);
  hn::Store(hn::Mul(loss, v), tag, group.loss_hi + k);
  hn::Store(lse, tag, factors.lse + k);
  if constexpr (has_gradient) {
    const WideVec total = hn::Add(hn::Load(tag, rows.top + k), tail);
    const WideVec scale = hn::Mul(v, hn::Set(tag, group.scale.hi));
    hn::Store(hn::Div(scale, total), tag, factors.t + k);
  }
  auto good = has_small_factors<Exp, has_gradient>(group, rows, sums, factors, k);
  good = hn::And(good, hn::IsFinite(loss));
  good = hn::And(good, hn::Ge(tail, hn::Zero(tag)));  // NaN, or below 0 where a row is left out
  return mask_bits(tag, good) << k;
}

/// Writes the log-sum-exps of all rows where they are wanted.
template <class T>
HWY_INLINE void put_lses(const SoftGroup<T>& group, const RowFactors& factors) {
  if (group.lse.data == nullptr) return;
  for (int k = 0; k < group.count; ++k)
    group.lse[group.first + k] = static_cast<LossOf<T>>(factors.lse[k]);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
