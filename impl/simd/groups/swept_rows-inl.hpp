// SPDX-License-Identifier: MIT
// What the sweeps over the rows of a group leave over (simd/reduce/row_sweep-inl.hpp). A sweep leaves
// the maxima of its lanes, a row of few elements, so the rest of all rows is computed with a row in
// each lane (simd/groups/columns-inl.hpp).
//
// Error: docs/error_bounds.md, lemma 64 (rows in lanes).

#if defined(XENT_IMPL_SIMD_GROUPS_SWEPT_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_GROUPS_SWEPT_ROWS_INL
#undef XENT_IMPL_SIMD_GROUPS_SWEPT_ROWS_INL
#else
#define XENT_IMPL_SIMD_GROUPS_SWEPT_ROWS_INL
#endif

#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/group_size.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/groups/columns-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/groups/plain_rows-inl.hpp"
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

/// Returns row k as a WholeRow; call add_origins() first.
HWY_INLINE WholeRow row_of(const GroupState& rows, const SweptRows& swept, int k) {
  const TermUnit unit{.origin = swept.origin[k], .exponent = static_cast<int>(rows.exponent[k])};
  return {{.m = rows.m[k], .unit = unit, .tail = exactly(rows.tail[k])}, exactly(rows.top[k])};
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
