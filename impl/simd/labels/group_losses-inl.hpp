// SPDX-License-Identifier: MIT
// Computes what comes once a row for all rows of a group, in vectors of doubles. With m the maximum
// of a row and, in its unit 2^M, top = exp(m) and tail the sum of all other terms,
//
//   l = log1p(tail / top),   loss = w ((m - x_y) + l)
//
// Several vectors of rows are computed together (`rows_together`): the chain of operations from m
// to the loss is long, and a core computes the others meanwhile.
//
// Error, relative: 2^-34 for the logarithm, 0.055 u (simd) or 2^-51 (faithful) for top, 2^-50 for
// all else. Proof: docs/error_bounds.md, lemma 64 (rows in lanes).

#if defined(XENT_IMPL_SIMD_LABELS_GROUP_LOSSES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_GROUP_LOSSES_INL
#undef XENT_IMPL_SIMD_LABELS_GROUP_LOSSES_INL
#else
#define XENT_IMPL_SIMD_LABELS_GROUP_LOSSES_INL
#endif

#include <cstdint>
#include <type_traits>

#include <hwy/highway.h>

#include "impl/driver/label_group.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/labels/group_state-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp-inl.hpp"
#include "impl/simd/math/log1p-inl.hpp"

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
  std::uint8_t bits[8] = {};
  hn::StoreMaskBits(tag, hn::Ge(hn::Load(tag, rows.tail + k), hn::Zero(tag)), bits);
  return std::uint64_t{bits[0]} << k;
}

/// Writes top and l of all rows, and their losses to the group, from m, exponent, tail and x_y.
/// Returns a bit mask of the rows that need no special handling.
template <class Exp, class T>
HWY_INLINE std::uint64_t find_losses(GroupState& rows, LabelGroup<T>& group) {
  using Top = std::conditional_t<Exp::in_pairs, F64Exp, WideExp>;  // the kind of exp(m)
  constexpr std::size_t N = rows_together;
  const Wide tag;
  const int w = static_cast<int>(lanes(tag));
  std::uint64_t ordinary = 0;
  for (int k = 0; k < group.count; k += static_cast<int>(N) * w) {
    WideVec exponent[N], top[N], tail[N], l[N];
    XENT_FOR_EACH_VECTOR(n) {
      const int at = k + static_cast<int>(n) * w;
      exponent[n] = hn::Load(tag, rows.exponent + at);
      top[n] = hn::Load(tag, rows.m + at);
      tail[n] = hn::Load(tag, rows.tail + at);
    }
    exp_near_power<Top>(exponent, top);
    log_of_quotients(tag, top, tail, l);
    XENT_FOR_EACH_VECTOR(n) {
      const int at = k + static_cast<int>(n) * w;
      hn::Store(top[n], tag, rows.top + at);
      hn::Store(l[n], tag, rows.l + at);
      store_losses<Exp>(rows, at, group);
      ordinary |= ordinary_rows(rows, at);
    }
  }
  return ordinary;
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
