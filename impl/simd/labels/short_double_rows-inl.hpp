// SPDX-License-Identifier: MIT
// Computes rows of f64 of at most double_lane_classes classes against labels, a row in each lane
// (simd/groups/double_columns-inl.hpp): losses in simd/labels/double_losses-inl.hpp, gradients in
// simd/labels/double_gradient-inl.hpp.
//
// Why it is safe: rows that have no loss, or whose loss is near the end of the range of double, are
// left to the functions of one row. So are, by the caller, rows whose factor is too large for
// clamped terms to be negligible, or so small that a product might leave the normal numbers.
//
// Error: docs/error_bounds.md, lemma 87 (rows of f64 in lanes).

#if defined(XENT_IMPL_SIMD_LABELS_SHORT_DOUBLE_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_SHORT_DOUBLE_ROWS_INL
#undef XENT_IMPL_SIMD_LABELS_SHORT_DOUBLE_ROWS_INL
#else
#define XENT_IMPL_SIMD_LABELS_SHORT_DOUBLE_ROWS_INL
#endif

#include <algorithm>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/simd/groups/double_columns-inl.hpp"
#include "impl/simd/groups/double_rows-inl.hpp"
#include "impl/simd/labels/double_gradient-inl.hpp"
#include "impl/simd/labels/double_losses-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Computes the wanted rows of the group, and removes those that are done from `wanted`.
template <class Exp, bool has_gradient>
HWY_NOINLINE void short_double_rows(LabelGroup<double>& group) {
  constexpr int w = DoubleColumns<Exp>::pitch;
  DoubleRows rows;
  DoubleColumns<Exp> columns[has_gradient ? most_in_doubles / hn::MaxLanes(Wide()) : 1];
  for (int begin = 0; begin < group.count; begin += w) {
    const int count = std::min(w, group.count - begin);
    DoubleColumns<Exp>& here = columns[has_gradient ? begin / w : 0];
    here.load(group.x, group.first + begin, count);
    hn::Store(here.maxima().hi, Wide(), rows.m + begin);
    for (int k = 0; k < w; ++k)  // lanes without a row have a loss, so that nothing overflows
      rows.x_y[begin + k] = k < count ? here.element(group.y[begin + k], k) : rows.m[begin];
    store_pair(here.template sum_terms<has_gradient>(), rows.tail_hi + begin, rows.tail_lo + begin);
  }
  std::uint64_t done = 0;
  for (int k = 0; k < group.count; k += w) done |= put_pair_losses(rows, k, group);
  done &= group.wanted;
  put_tiny_losses(rows, group, done);
  if constexpr (has_gradient) {
    for (int begin = 0; begin < group.count; begin += w) {
      const std::uint64_t all = (std::uint64_t{1} << std::min(w, group.count - begin)) - 1;
      const WidePair t = pair_factors(rows, group, begin);
      put_gradients(columns[begin / w], rows, group, begin, t, done >> begin & all);
    }
  }
  group.wanted &= ~done;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
