// SPDX-License-Identifier: MIT
// Computes groups of rows against labels, by the way for their type, their number of classes and
// their factors. Which code computes a row depends on the number of classes and on the row itself,
// never on its neighbours: so a row has the same bits in any batch.

#if defined(XENT_IMPL_SIMD_LABELS_LABEL_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_LABEL_ROWS_INL
#undef XENT_IMPL_SIMD_LABELS_LABEL_ROWS_INL
#else
#define XENT_IMPL_SIMD_LABELS_LABEL_ROWS_INL
#endif

#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/rows/row_state.hpp"
#include "impl/simd/groups/contiguous_groups-inl.hpp"
#include "impl/simd/labels/finish_rows-inl.hpp"
#include "impl/simd/labels/medium_rows-inl.hpp"
#include "impl/simd/labels/short_double_rows-inl.hpp"
#include "impl/simd/labels/short_rows-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"
#include "impl/simd/reduce/clamped_terms-inl.hpp"
#include "impl/simd/reduce/sweep_row-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// Returns a bit mask of the wanted rows of the group whose factor w is_such(w).
template <class T, class IsSuch>
HWY_INLINE std::uint64_t rows_whose(const LabelGroup<T>& group, IsSuch is_such) {
  if (group.is_uniform) return is_such(1.0) ? group.wanted : 0;
  std::uint64_t found = 0;
  for (int k = 0; k < group.count; ++k) found |= (is_such(group.w[k]) ? std::uint64_t{1} : 0) << k;
  return found & group.wanted;
}

/// Returns a bit mask of the wanted rows of the group whose factor w, or w scale, is too large.
template <class Exp, class T>
HWY_INLINE std::uint64_t large_factors(const LabelGroup<T>& group) {
  return rows_whose(group, [&](double w) {
    return is_too_large<Exp>(w) || is_too_large<Exp>(w * group.scale.hi);
  });
}

/// Returns a bit mask of the wanted rows of the group whose factor w scale is so small that
/// products with it might leave the normal numbers (least_factor_in_pairs).
HWY_INLINE std::uint64_t small_factors(const LabelGroup<double>& group) {
  return rows_whose(
      group, [&](double w) { return !(std::abs(w * group.scale.hi) >= least_factor_in_pairs); });
}

/// Computes the wanted rows of the group one by one: their states with exponentials of the kind
/// Sum, their gradients with those of Exp.
template <class Sum, class Exp, class T>
HWY_NOINLINE void rows_one_by_one(LabelGroup<T>& group) {
  group.leave_ignored();
  RowState states[most_in_group];
  for (int k = 0; k < group.count; ++k)
    if (group.wants(k)) states[k] = row_state<Sum>(group.x.row(group.first + k), group.threads);
  if constexpr (sizeof(T) == 8) {
    for (std::uint64_t large = large_factors<Exp>(group); large != 0; large &= large - 1) {
      const int k = std::countr_zero(large);
      sum_without_clamped(group.x.row(group.first + k), states[k]);
    }
  }
  finish_rows<Exp>(group, states);
}

/// Writes NaN results for every wanted row of the group.
template <class T>
HWY_NOINLINE void put_no_losses(LabelGroup<T>& group) {
  for (int k = 0; k < group.count; ++k)
    if (group.wants(k)) group.put_loss(k, without_loss(group.outputs(k)));
}

/// Computes the wanted rows of the group in f32 lanes, by the way for their number of classes.
template <class Exp, class T>
HWY_INLINE void rows_in_floats(LabelGroup<T>& group) {
  const std::ptrdiff_t classes = group.x.cols;
  if (classes <= short_row_classes) {
    if (group.g.data == nullptr)
      short_rows<Exp, false>(group);
    else
      short_rows<Exp, true>(group);
    if (group.wanted != 0) rows_one_by_one<Exp, Exp>(group);
  } else if (classes <= medium_row_classes) {
    medium_rows<Exp>(group);
    if (group.wanted != 0) put_no_losses(group);
  } else {
    rows_one_by_one<Exp, Exp>(group);
  }
}

/// Computes the wanted rows of a group of f64, those of few classes with a row in each lane.
/// Whether a row is in a lane does not depend on whether there is a gradient, so that the bits of
/// its loss do not.
template <class Exp>
HWY_INLINE void rows_in_doubles(LabelGroup<double>& group) {
  if (group.x.cols <= double_lane_classes) {
    const std::uint64_t extreme = large_factors<Exp>(group) | small_factors(group);
    group.wanted &= ~extreme;
    if (group.g.data == nullptr)
      short_double_rows<Exp, false>(group);
    else
      short_double_rows<Exp, true>(group);
    group.wanted |= extreme;
    if (group.wanted == 0) return;
  }
  rows_one_by_one<Exp, Exp>(group);
}

/// Computes the wanted rows of the group where they lie.
template <class Exp, class T>
HWY_INLINE void label_rows_in_place(LabelGroup<T>& group) {
  if constexpr (std::is_same_v<typename Exp::Lane, double>) {
    rows_in_doubles<Exp>(group);
  } else {
    const std::uint64_t large = large_factors<Exp>(group);
    group.wanted &= ~large;
    if (group.wanted != 0) rows_in_floats<Exp>(group);
    group.wanted = large;
    if (large != 0) rows_one_by_one<WideExp, Exp>(group);
  }
}

/// Computes the wanted rows of the group against their labels (LabelRows of
/// impl/driver/row_functions.hpp).
template <class Exp, class T>
HWY_INLINE void label_rows(LabelGroup<T>& group) {
  if (group.x.cols > lane_classes<T>)
    with_contiguous_rows(group, [&]() HWY_ATTR { label_rows_in_place<Exp>(group); });
  else
    label_rows_in_place<Exp>(group);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
