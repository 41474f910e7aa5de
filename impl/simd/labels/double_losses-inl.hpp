// SPDX-License-Identifier: MIT
// Computes the losses of rows of f64 that have a row in each lane, in pairs. With R = tail / 2^256,
//
//   loss = w ((m - x_y) + log1p(R))
//
// Error, relative: that of R and 2^-57. Proof: docs/error_bounds.md, lemma 87 (rows of f64 in
// lanes).

#if defined(XENT_IMPL_SIMD_LABELS_DOUBLE_LOSSES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_DOUBLE_LOSSES_INL
#undef XENT_IMPL_SIMD_LABELS_DOUBLE_LOSSES_INL
#else
#define XENT_IMPL_SIMD_LABELS_DOUBLE_LOSSES_INL
#endif

#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/groups/double_rows-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/math/log1p-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes the logarithms and losses of a vector of rows from row k on. Returns a bit mask, bit k
/// for row k, of those that have a loss and one that is not near the end of the range.
HWY_INLINE std::uint64_t put_pair_losses(DoubleRows& rows, int k, LabelGroup<double>& group) {
  const Wide tag;
  const WideVec m = hn::Load(tag, rows.m + k);
  const WidePair tail = load_pair(rows.tail_hi + k, rows.tail_lo + k);
  const WidePair l = log1p_of_pair(tag, scale(tail, 1 / tail_scale));
  const WidePair gap = two_difference(tag, m, hn::Load(tag, rows.x_y + k));
  WidePair loss = add(gap, l);
  if (!group.is_uniform) loss = mul(loss, hn::Load(tag, group.w + k));
  store_pair(l, rows.l_hi + k, rows.l_lo + k);
  store_pair(loss, group.loss_hi + k, group.loss_lo + k);
  hn::Store(hn::Set(tag, 1.0), tag, group.loss_unit + k);
  const WideVec most = hn::Set(tag, 0x1p900);
  const auto is_near = hn::And(hn::Le(hn::Abs(loss.hi), most), hn::Le(hn::Abs(gap.hi), most));
  return mask_bits(tag, hn::And(is_near, hn::Ge(tail.hi, hn::Zero(tag)))) << k;
}

/// Writes the losses of the rows in the bit mask `done` whose tail is tiny, and the log-sum-exps of
/// all of them where they are wanted.
inline void put_tiny_losses(const DoubleRows& rows, LabelGroup<double>& group, std::uint64_t done) {
  for (int k = 0; k < group.count; ++k) {
    if ((done >> k & 1) == 0) continue;
    if (is_tiny_tail(rows.row(k)))
      group.put_loss(k, times(label_loss<double>(rows.row(k), rows.log(k), rows.x_y[k]),
                              exactly(group.factor(k))));
    if (group.lse.data != nullptr)
      put_lse(RowOutputs<double>{.lse = &group.lse[group.first + k]}, rows.m[k], rows.log(k));
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
