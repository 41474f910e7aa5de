// SPDX-License-Identifier: MIT
// What comes once a row, for all rows of a group at a time, in vectors of doubles. With the maximum
// m of a row and, in its unit 2^M, top = exp(m) and the tail, the terms of the other elements,
//
//   l = log1p(tail / top),   loss = w ((m - x_y) + l)
//
// Vectors of rows do not wait for each other: the chain from m to the loss is long, and a core has
// the others to compute meanwhile.
//
// Error: 2^-34 for the logarithm, 0.054 u (simd) or 2^-51 (faithful) for top, 2^-50 for the rest.
// Proof: docs/error_bounds.md, lemma 64 (rows in lanes).

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

/// The losses of a vector of rows from row k on. A tail below least_tail is 0, also times infinity.
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

/// The rows of a vector from row k on, by bits, that are what becomes of their logits: of NaN the
/// tail is NaN, of rows that are left out it is below 0.
HWY_INLINE std::uint64_t ordinary_rows(const GroupState& rows, int k) {
  const Wide tag;
  std::uint8_t bits[8] = {};
  hn::StoreMaskBits(tag, hn::Ge(hn::Load(tag, rows.tail + k), hn::Zero(tag)), bits);
  return std::uint64_t{bits[0]} << k;
}

/// The losses of the group from m, exponent, tail and x_y; the ordinary rows.
template <class Exp, class T>
HWY_INLINE std::uint64_t find_losses(GroupState& rows, LabelGroup<T>& group) {
  using Top = std::conditional_t<Exp::in_pairs, F64Exp, WideExp>;  // of exp(m)
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

/// m + l, where it is wanted.
template <class T>
HWY_INLINE void put_log_sum_exps(const GroupState& rows, const LabelGroup<T>& group) {
  if (group.lse.data == nullptr) return;
  for (int k = 0; k < group.count; ++k)
    group.lse[group.first + k] = static_cast<LossOf<T>>(rows.m[k] + rows.l[k]);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
