// SPDX-License-Identifier: MIT
// Computes rows of few classes of f32 or 16-bit logits against smoothed labels, with a row in each
// lane, as simd/soft/short_soft_rows-inl.hpp does against any probabilities, but without columns of
// these (simd/soft/sparse/smoothed_sums-inl.hpp, simd/soft/sparse/smoothed_gradient-inl.hpp).
//
// Why it is safe: it leaves the same rows to the row function of soft targets.
//
// Error: docs/error_bounds.md, lemma 93 (smoothed labels in lanes).

#if defined(XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_ROWS_INL
#undef XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_ROWS_INL
#else
#define XENT_IMPL_SIMD_SOFT_SPARSE_SMOOTHED_ROWS_INL
#endif

#include <algorithm>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/groups/columns-inl.hpp"
#include "impl/simd/groups/group_logs-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/groups/plain_rows-inl.hpp"
#include "impl/simd/soft/column_sums-inl.hpp"
#include "impl/simd/soft/group_soft_losses-inl.hpp"
#include "impl/simd/soft/sparse/smoothed_gradient-inl.hpp"
#include "impl/simd/soft/sparse/smoothed_sums-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Tells whether the group is of such rows. With fewer classes than four a part of both terms of
/// g_j that cancels would be too large; o must not make products below the normal numbers.
template <class T>
HWY_INLINE bool are_smoothed_labels(const SoftGroup<T>& group) {
  return group.has_labels() && group.options->keeps_ties() && group.x.cols >= 4 &&
         group.options->uniform().hi >= 0x1p-60;
}

/// Computes the wanted rows of a group for which are_smoothed_labels() holds, and removes those
/// that are done from `wanted`.
template <class Exp, bool has_gradient, class T>
HWY_NOINLINE void short_smoothed_rows(SoftGroup<T>& group) {
  constexpr int w = column_pitch;
  const SmoothedLabels c(group);
  GroupState rows;
  SoftSums sums;
  RowFactors factors;
  Columns<Exp> columns[most_in_group / w];
  for (int begin = 0; begin < group.count; begin += w)
    columns[begin / w].load_rows(group, begin, std::min(w, group.count - begin));
  const std::uint64_t left_out = put_all_maxima(columns, rows, group.count);
  for (int begin = 0; begin < group.count; begin += w) {
    sum_smoothed(columns[begin / w], group, c, begin, rows, sums);
    columns[begin / w].template sum_terms<has_gradient>(rows, begin);
  }
  mark_left_out(left_out, rows);
  rows.pad(group.count);
  const std::uint64_t done =
      group.wanted & find_logs<Exp>(rows, padded(group.count, column_pitch), [&](int k) HWY_ATTR {
        return finish_soft_rows<Exp, has_gradient>(rows, sums, k, group, factors);
      });
  group.wanted &= ~done;
  put_lses(group, factors);
  if constexpr (has_gradient)
    for (int begin = 0; begin < group.count; begin += w)
      put_smoothed_gradients(columns[begin / w], rows, factors, group, c, begin, done);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
