// SPDX-License-Identifier: MIT
// Computes the losses of all rows of a group against labels, in vectors of doubles, from the
// logarithms l of simd/groups/group_logs-inl.hpp:
//
//   loss = w ((m - x_y) + l)
//
// Error, relative: 2^-50, besides that of l. Proof: docs/error_bounds.md, lemma 64 (rows in lanes).

#if defined(XENT_IMPL_SIMD_LABELS_GROUP_LOSSES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_GROUP_LOSSES_INL
#undef XENT_IMPL_SIMD_LABELS_GROUP_LOSSES_INL
#else
#define XENT_IMPL_SIMD_LABELS_GROUP_LOSSES_INL
#endif

#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/groups/group_logs-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes the losses of a vector of rows from row k on. Where rows have weights, an l below
/// least_tail, which is clamped terms, becomes 0.
template <class Exp, class T>
HWY_INLINE void store_losses(const GroupState& rows, int k, LabelGroup<T>& group) {
  const Wide tag;
  WideVec l = hn::Load(tag, rows.l + k);
  const WideVec gap = hn::Sub(hn::Load(tag, rows.m + k), hn::Load(tag, rows.x_y + k));
  if (!group.is_uniform) l = hn::IfThenZeroElse(hn::Lt(l, hn::Set(tag, Exp::least_tail)), l);
  WideVec loss = hn::Add(gap, l);
  if (!group.is_uniform) {
    const WideVec w = hn::Load(tag, group.w + k);
    loss = hn::IfThenZeroElse(hn::Eq(w, hn::Zero(tag)), hn::Mul(loss, w));
  }
  hn::Store(loss, tag, group.loss_hi + k);
}

/// Returns a bit mask, bit k for row k, of the rows of a vector from row k on that need no special
/// handling. The tail of a row with NaN is NaN, and that of a row that is left out is below 0.
HWY_INLINE std::uint64_t ordinary_rows(const GroupState& rows, int k) {
  const Wide tag;
  return mask_bits(tag, hn::Ge(hn::Load(tag, rows.tail + k), hn::Zero(tag))) << k;
}

/// Writes top and l of all rows, and their losses to the group, from m, exponent, tail and x_y.
/// Returns a bit mask of the rows that need no special handling.
template <class Exp, class T>
HWY_INLINE std::uint64_t find_losses(GroupState& rows, LabelGroup<T>& group) {
  return find_logs<Exp>(rows, group.count, [&](int k) HWY_ATTR {
    store_losses<Exp>(rows, k, group);
    return ordinary_rows(rows, k);
  });
}

/// Writes the log-sum-exps m + l where they are wanted. m must have its origin added
/// (add_origins() in medium_rows-inl.hpp).
template <class T>
HWY_INLINE void put_log_sum_exps(const GroupState& rows, const LabelGroup<T>& group) {
  if (group.lse.data == nullptr) return;
  for (int k = 0; k < group.count; ++k)
    group.lse[group.first + k] = static_cast<LossOf<T>>(rows.m[k] + rows.l[k]);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
