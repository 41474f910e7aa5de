// SPDX-License-Identifier: MIT
// Computes rows of 65 to 4096 classes against labels, a group of up to 16 at a time. Each row is
// swept (simd/reduce/row_sweep-inl.hpp). A sweep leaves over the maxima of its lanes, a row of few
// elements, so the rest of all rows is computed with a row in each lane (labels/columns-inl.hpp).
//
// Error: docs/error_bounds.md, lemma 64 (rows in lanes).

#if defined(XENT_IMPL_SIMD_LABELS_MEDIUM_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_MEDIUM_ROWS_INL
#undef XENT_IMPL_SIMD_LABELS_MEDIUM_ROWS_INL
#else
#define XENT_IMPL_SIMD_LABELS_MEDIUM_ROWS_INL
#endif

#include <algorithm>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/label_group.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/labels/columns-inl.hpp"
#include "impl/simd/labels/group_losses-inl.hpp"
#include "impl/simd/labels/group_state-inl.hpp"
#include "impl/simd/labels/label_gradient-inl.hpp"
#include "impl/simd/labels/plain_rows-inl.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/reduce/row_sweep-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// What the sweeps of a group leave over, row by row. The maxima are less the origin of the row's
/// unit, exactly where they count.
struct SweptRows {
  alignas(64) float maxima[most_swept * column_pitch];  // those of the lanes of each row
  alignas(64) double origin[most_swept];
  alignas(64) double exponent[most_swept];  // M of the unit of the sum
  alignas(64) double sum[most_swept];       // of the terms of all other elements

  /// Takes what the sweep over row k leaves over.
  template <class Exp>
  HWY_INLINE void put(int k, const RowSweep<Exp>& sweep) {
    const LaneTag<Exp> tag;
    const TermUnit& unit = sweep.unit();
    const auto o = hn::Set(tag, static_cast<float>(unit.origin));
    hn::Store(hn::Sub(sweep.maxima(), o), tag, maxima + k * column_pitch);
    origin[k] = unit.origin;
    exponent[k] = unit.exponent;
    sum[k] = sweep.others().hi;
  }
  /// Puts zeros for row k, which is not wanted, or not there.
  HWY_INLINE void put_nothing(int k) {
    const hn::ScalableTag<float> tag;
    hn::Store(hn::Zero(tag), tag, maxima + k * column_pitch);
    origin[k] = exponent[k] = sum[k] = 0;
  }
};

/// Writes m, less the origin, exponent and tail of all rows.
template <class Exp>
HWY_INLINE void join_lanes(const SweptRows& swept, int count, GroupState& rows) {
  const auto maxima = row_major(&swept.maxima[0], most_swept, column_pitch);
  const Wide tag;
  constexpr int w = column_pitch;
  Columns<Exp> columns[most_swept / w];
  for (int begin = 0; begin < count; begin += w) columns[begin / w].load(maxima, begin, w);
  const std::uint64_t left_out = put_all_maxima(columns, rows, count);
  for (int begin = 0; begin < count; begin += w)
    columns[begin / w].template sum_terms<false>(rows, begin);
  for (int k = 0; k < count; k += static_cast<int>(lanes(tag))) {
    const auto shift = hn::Sub(hn::Load(tag, swept.exponent + k), hn::Load(tag, rows.exponent + k));
    const auto sum = hn::Mul(hn::Load(tag, swept.sum + k), wide_power_of_2(shift));
    hn::Store(hn::Add(hn::Load(tag, rows.tail + k), sum), tag, rows.tail + k);
  }
  mark_left_out(left_out, rows);
}

/// Adds the origins to the maxima m of the rows.
HWY_INLINE void add_origins(const SweptRows& swept, int count, GroupState& rows) {
  const Wide tag;
  for (int k = 0; k < count; k += static_cast<int>(lanes(tag)))
    hn::Store(hn::Add(hn::Load(tag, rows.m + k), hn::Load(tag, swept.origin + k)), tag, rows.m + k);
}

/// Returns a sweep for row x with its unit chosen, where the row is read in place, so that this
/// does not wait for the row before.
template <class Exp, class T>
HWY_INLINE RowSweep<Exp> begun(VectorView<const T> x) {
  RowSweep<Exp> sweep(true);
  if constexpr (!BlockReader<T>::widens)
    if (x.contiguous()) sweep.look_at(x.data, std::min(x.size, far_ahead<T>));
  return sweep;
}

/// Sweeps row x with a sweep that has looked at it, and returns that: as reduce/sweep_row-inl.hpp,
/// but in one loop over rows in place and copies, which is faster for short rows.
template <class Exp, class T>
HWY_INLINE RowSweep<Exp> sweep_of(VectorView<const T> x, RowSweep<Exp> sweep) {
  RowReader<T> reader(x);
  for (std::ptrdiff_t begin = 0; begin < x.size;) {
    const std::ptrdiff_t n = std::min(sweep.template at_a_time<T>(), x.size - begin);
    sweep.take(reader.read(begin, n), n);
    begin += n;
  }
  return sweep;
}

/// Returns row k as a WholeRow; call add_origins() first.
HWY_INLINE WholeRow row_of(const GroupState& rows, const SweptRows& swept, int k) {
  const TermUnit unit{.origin = swept.origin[k], .exponent = static_cast<int>(rows.exponent[k])};
  return {{.m = rows.m[k], .unit = unit, .tail = exactly(rows.tail[k])}, exactly(rows.top[k])};
}

/// Computes the wanted rows of the group, and removes those that are done from `wanted`. The others
/// have no loss: they have NaN, +inf or no finite logit.
template <class Exp, class T>
HWY_NOINLINE void medium_rows(LabelGroup<T>& group) {
  SweptRows swept;
  GroupState rows;
  RowSweep<Exp> next = begun<Exp>(group.x.row(group.first));
  for (int k = 0; k < group.count; ++k) {
    const VectorView<const T> x = group.x.row(group.first + k);
    const RowSweep<Exp> begin = next;
    if (k + 1 < group.count) next = begun<Exp>(group.x.row(group.first + k + 1));
    if (group.wants(k))
      swept.put(k, sweep_of<Exp>(x, begin));
    else
      swept.put_nothing(k);
    rows.x_y[k] = static_cast<double>(x[group.y[k]]) - swept.origin[k];
  }
  for (int k = group.count; k < most_swept; ++k) swept.put_nothing(k);
  join_lanes<Exp>(swept, group.count, rows);
  rows.pad(group.count);
  const std::uint64_t done = group.wanted & find_losses<Exp>(rows, group);
  group.wanted &= ~done;
  add_origins(swept, group.count, rows);
  put_log_sum_exps(rows, group);
  if (group.g.data == nullptr) return;
  for (int k = 0; k < group.count; ++k)
    if ((done >> k & 1) != 0)
      label_gradient<Exp>(group.x.row(group.first + k), group.y[k], row_of(rows, swept, k),
                          group.scale_of(k), group.outputs(k));
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
