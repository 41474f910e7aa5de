// SPDX-License-Identifier: MIT
// Computes rows of few classes against soft targets, with a row in each lane, as
// simd/labels/short_rows-inl.hpp does against labels. In the unit of the row,
//
//   l = log1p(tail / top),   loss = v (D + l Q + k lse^2)
//   g_j = t (e_j (A_j + z) - c_j n_j),   t = v scale / (top + tail)
//
// with D, Q and the c_j of simd/soft/target_columns-inl.hpp, A_j and n_j of
// impl/rows/soft_gradient.hpp, and k and z of impl/targets/z_loss.hpp. The terms e_j are floats;
// everything after them is computed in double, and a component is rounded once.
//
// Why it is safe: rows that need an origin, have no loss, or whose sums are not finite or too large
// for clamped terms to be negligible, are left to the row function of soft targets.
//
// Error: docs/error_bounds.md, lemmas 33 to 35 and 64 (D and Q of soft targets; the sums of the
// others; the gradient of soft targets; rows in lanes).

#if defined(XENT_IMPL_SIMD_SOFT_SHORT_SOFT_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SHORT_SOFT_ROWS_INL
#undef XENT_IMPL_SIMD_SOFT_SHORT_SOFT_ROWS_INL
#else
#define XENT_IMPL_SIMD_SOFT_SHORT_SOFT_ROWS_INL
#endif

#include <algorithm>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/groups/columns-inl.hpp"
#include "impl/simd/groups/group_logs-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/groups/plain_rows-inl.hpp"
#include "impl/simd/soft/column_sums-inl.hpp"
#include "impl/simd/soft/gradient_columns-inl.hpp"
#include "impl/simd/soft/group_soft_losses-inl.hpp"
#include "impl/simd/soft/target_columns-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// The numbers of a group, and its columns, a vector of rows at a time.
template <class X, class T>
struct ShortSoftRows {
  static constexpr int w = column_pitch;
  GroupState rows;
  SoftSums sums;
  RowFactors factors;
  X columns[X::most_rows / w];
  TargetColumns<T, X::most_classes> targets[X::most_rows / w];

  HWY_INLINE ShortSoftRows() = default;  // named, or g++ compiles it for the baseline

  /// Loads and sums all rows.
  template <bool is_plain, bool has_gradient>
  HWY_INLINE void sum(const SoftGroup<T>& group) {
    const bool has_one = is_plain && group.has_labels();
    for (int begin = 0; begin < group.count; begin += w) {
      const int here = std::min(w, group.count - begin);
      columns[begin / w].load_rows(group, begin, here);
      if (has_gradient || !has_one) targets[begin / w].load(group, begin, here);
    }
    const std::uint64_t left_out = put_all_maxima(columns, rows, group.count);
    for (int begin = 0; begin < group.count; begin += w) {
      if (has_one)
        sum_labels(columns[begin / w], group, rows, begin, sums);
      else
        sum_columns<is_plain, has_gradient>(columns[begin / w], targets[begin / w], rows, begin,
                                            sums);
      if constexpr (has_gradient) targets[begin / w].mark_maxima(columns[begin / w]);
      columns[begin / w].template sum_terms<has_gradient>(rows, begin);
    }
    mark_left_out(left_out, rows);
    rows.pad(group.count);
  }

  /// Returns a bit mask of the rows whose coefficients may cancel, because a q is below 0 and
  /// smoothed.
  std::uint64_t may_cancel(const SoftGroup<T>& group) const {
    std::uint64_t found = 0;
    if (group.options->problem_options().label_smoothing == 0) return found;
    for (int begin = 0; begin < group.count; begin += w)
      found |= targets[begin / w].negative_lanes() << begin;
    return found;
  }
};

/// Computes the wanted rows of the group in columns X, and removes those that are done from
/// `wanted`.
template <class Exp, class X, bool is_plain, bool has_gradient, class T>
HWY_NOINLINE void short_soft_rows(SoftGroup<T>& group) {
  ShortSoftRows<X, T> all;
  all.template sum<is_plain, has_gradient>(group);
  // lanes without a row are finished too, so that no gradient is computed from what lies in memory
  std::uint64_t done = find_logs<Exp, X::is_mapped>(
      all.rows, padded(group.count, column_pitch), [&](int k) HWY_ATTR {
        return finish_soft_rows<Exp, has_gradient>(all.rows, all.sums, k, group, all.factors);
      });
  done &= group.wanted;
  done &= ~all.may_cancel(group);
  group.wanted &= ~done;
  put_lses(group, all.factors);
  if constexpr (has_gradient) {
    const double z_of_1 = 2 * group.options->problem_options().z_loss;
    for (int begin = 0; begin < group.count; begin += column_pitch) {
      const int count = std::min(static_cast<int>(column_pitch), group.count - begin);
      const std::uint64_t here = done >> begin & ((std::uint64_t{1} << count) - 1);
      const auto i = static_cast<std::size_t>(begin / column_pitch);
      const SoftGradientColumns<X, is_plain, T> gradient(all.columns[i], all.targets[i], all.rows,
                                                         all.sums, all.factors, z_of_1, begin);
      store_columns(gradient, group.g, group.first + begin, count, here);
    }
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
