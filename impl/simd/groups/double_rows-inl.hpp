// SPDX-License-Identifier: MIT
// The numbers that come once a row, for a group of rows of f64 against labels that have a row in
// each lane (simd/groups/double_columns-inl.hpp).

#if defined(XENT_IMPL_SIMD_GROUPS_DOUBLE_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_GROUPS_DOUBLE_ROWS_INL
#undef XENT_IMPL_SIMD_GROUPS_DOUBLE_ROWS_INL
#else
#define XENT_IMPL_SIMD_GROUPS_DOUBLE_ROWS_INL
#endif

#include <hwy/highway.h>

#include "impl/driver/groups/group_size.hpp"
#include "impl/rows/row_loss.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {

/// The numbers of the rows of a group: the maxima, the tails times 2^256, and log1p of them.
struct DoubleRows {
  alignas(64) double m[most_in_group];
  alignas(64) double x_y[most_in_group];
  alignas(64) double tail_hi[most_in_group];
  alignas(64) double tail_lo[most_in_group];
  alignas(64) double l_hi[most_in_group];  // log1p(R)
  alignas(64) double l_lo[most_in_group];

  WholeRow row(int k) const {
    return {{.m = m[k], .unit = {}, .tail = {tail_hi[k], tail_lo[k]}}, exactly(tail_scale)};
  }

  /// Returns log1p(R) of row k, also where it is below the normal numbers.
  ScaledPair log(int k) const {
    const WholeRow whole = row(k);
    return is_tiny_tail(whole) ? log1p_of_tiny_tail(whole) : ScaledPair{{l_hi[k], l_lo[k]}};
  }
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
