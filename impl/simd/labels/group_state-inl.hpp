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

#if defined(XENT_IMPL_SIMD_LABELS_GROUP_STATE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_GROUP_STATE_INL
#undef XENT_IMPL_SIMD_LABELS_GROUP_STATE_INL
#else
#define XENT_IMPL_SIMD_LABELS_GROUP_STATE_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/label_group.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/math/exp-inl.hpp"
#include "impl/simd/math/log1p-inl.hpp"
#include "impl/simd/reduce/row_unit-inl.hpp"
#include "impl/simd/math/table_exp-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Top and tail are in units of the tail, 2^(M - 256); m and x_y less the origin of the row's unit.
struct GroupState {
  alignas(64) double m[most_in_group];
  alignas(64) double exponent[most_in_group];  // M
  alignas(64) double x_y[most_in_group];
  alignas(64) double tail[most_in_group];
  alignas(64) double top[most_in_group];
  alignas(64) double l[most_in_group];

  /// Gives numbers to the lanes after row `count` that are computed beside those of the rows.
  HWY_INLINE void pad(int count);
};

/// Two vectors of doubles of one of floats.
HWY_INLINE void put_wide(LaneVec<FloatExp> v, double* to) {
#if HWY_TARGET == HWY_SCALAR
  hn::Store(hn::PromoteTo(Wide(), v), Wide(), to);
#else
  const Narrow half;
  hn::Store(hn::PromoteTo(Wide(), hn::LowerHalf(half, v)), Wide(), to);
  hn::Store(hn::PromoteTo(Wide(), hn::UpperHalf(half, v)), Wide(), to + lanes(Wide()));
#endif
}

/// 2^n, n a whole number, in each lane.
HWY_INLINE WideVec wide_power_of_2(WideVec n) {
  const hn::RebindToUnsigned<Wide> bits;
  const auto biased = hn::Add(n, hn::Set(Wide(), 0x1.8p52 + 1023));
  return hn::BitCast(Wide(), hn::ShiftLeft<52>(hn::BitCast(bits, biased)));
}

/// Vectors of rows whose losses are found together.
inline constexpr std::ptrdiff_t rows_together = interleaved / 2;

/// The first multiple of `together` that is not below `count`.
constexpr int padded(int count, std::ptrdiff_t together) {
  const int many = static_cast<int>(together);
  return (count + many - 1) / many * many;
}

/// Rows that are computed together: a vector of floats, or vectors of doubles.
inline constexpr std::ptrdiff_t lanes_together =
    std::max(rows_together * static_cast<std::ptrdiff_t>(hn::MaxLanes(Wide())),
             static_cast<std::ptrdiff_t>(hn::MaxLanes(LaneTag<FloatExp>())));

HWY_INLINE void GroupState::pad(int count) {
  for (int k = count; k < padded(count, lanes_together); ++k) {
    m[k] = exponent[k] = x_y[k] = tail[k] = 0;
    top[k] = tail_scale;
  }
}

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
