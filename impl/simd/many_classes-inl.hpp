// SPDX-License-Identifier: MIT
// Rows of more than 64 classes, a group at a time: each row is swept (simd/row_sweep-inl.hpp), and
// what the sweeps leave over, the maxima of the lanes of each row, is a row of few elements. So the
// end of all rows, their maxima, the last terms and the losses, is computed a row in each lane.

#if defined(XENT_IMPL_SIMD_MANY_CLASSES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MANY_CLASSES_INL
#undef XENT_IMPL_SIMD_MANY_CLASSES_INL
#else
#define XENT_IMPL_SIMD_MANY_CLASSES_INL
#endif

#include <algorithm>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/label_group.hpp"
#include "impl/row_loss.hpp"
#include "impl/simd/columns-inl.hpp"
#include "impl/simd/group_rows-inl.hpp"
#include "impl/simd/label_gradient-inl.hpp"
#include "impl/simd/row_state-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// What the sweeps of a group leave over.
struct SweptRows {
  alignas(64) float maxima[most_swept * column_pitch] = {};  // of each row those of its lanes
  alignas(64) double exponent[most_swept] = {};              // M of the unit of the sum
  alignas(64) double sum[most_swept] = {};                   // of the terms of all others
};

/// m, exponent and tail of all rows.
template <class Exp>
HWY_INLINE void join_lanes(const SweptRows& swept, int count, GroupRows& rows) {
  const auto maxima = row_major(&swept.maxima[0], most_swept, column_pitch);
  const Wide tag;
  Columns<Exp> columns;
  for (int begin = 0; begin < count; begin += static_cast<int>(column_pitch)) {
    columns.load(maxima, begin, column_pitch);
    columns.find_maxima(rows, begin);
    columns.template sum_terms<false>(rows, begin);
  }
  for (int k = 0; k < count; k += static_cast<int>(lanes(tag))) {
    const auto shift = hn::Sub(hn::Load(tag, swept.exponent + k), hn::Load(tag, rows.exponent + k));
    const auto sum = hn::Mul(hn::Load(tag, swept.sum + k), wide_power_of_2(shift));
    hn::Store(hn::Add(hn::Load(tag, rows.tail + k), sum), tag, rows.tail + k);
  }
}

/// Rows that are done are wanted no more. Of those with a unit that has an origin, and of those
/// without a loss, `others` are the states.
template <class Exp, class T>
HWY_NOINLINE void rows_of_many(LabelGroup<T>& group, RowState (&others)[most_swept]) {
  SweptRows swept;
  GroupRows rows;
  std::uint64_t plain = 0;
  for (int k = 0; k < group.count; ++k) {
    if (!group.wants(k)) continue;
    const VectorView<const T> x = group.x.row(group.first + k);
    rows.x_y[k] = static_cast<double>(x[group.y[k]]);
    const RowSweep<Exp> sweep = sweep_of<Exp>(x);
    if (sweep.unit().origin != 0) {
      others[k] = sweep.state();
      continue;
    }
    plain |= std::uint64_t{1} << k;
    hn::Store(sweep.maxima(), LaneTag<Exp>(), swept.maxima + k * column_pitch);
    swept.exponent[k] = sweep.unit().exponent;
    swept.sum[k] = sweep.others().hi;
  }
  join_lanes<Exp>(swept, group.count, rows);
  const std::uint64_t done = plain & find_losses<Exp>(rows, group);
  group.wanted &= ~done;
  put_log_sum_exps(rows, group);
  if (group.g.data == nullptr) return;
  for (int k = 0; k < group.count; ++k)
    if ((done >> k & 1) != 0)
      label_gradient<Exp>(group.x.row(group.first + k), group.y[k], row_of(rows, k),
                          group.scale_of(k), group.outputs(k));
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
