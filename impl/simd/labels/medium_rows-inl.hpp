// SPDX-License-Identifier: MIT
// Computes rows of 65 to 4096 classes against labels, a group of up to 16 at a time. Each row is
// swept (simd/reduce/row_sweep-inl.hpp), and what the sweeps leave over is computed with a row in
// each lane (simd/groups/swept_rows-inl.hpp).
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

#include "impl/driver/groups/label_group.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/groups/swept_rows-inl.hpp"
#include "impl/simd/labels/group_losses-inl.hpp"
#include "impl/simd/labels/label_gradient-inl.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/reduce/row_sweep-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

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
