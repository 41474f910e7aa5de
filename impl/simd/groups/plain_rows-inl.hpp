// SPDX-License-Identifier: MIT
// Finds the rows of a group that can be computed with a row in each lane: those whose maximum is a
// number that needs no origin. The others are left out: zeros take the places of their elements, so
// that nothing overflows, and their tail becomes -1, which tells the caller.

#if defined(XENT_IMPL_SIMD_GROUPS_PLAIN_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_GROUPS_PLAIN_ROWS_INL
#undef XENT_IMPL_SIMD_GROUPS_PLAIN_ROWS_INL
#else
#define XENT_IMPL_SIMD_GROUPS_PLAIN_ROWS_INL
#endif

#include <cstdint>

#include <hwy/highway.h>

#include "impl/simd/groups/columns-inl.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/reduce/row_unit-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Tells whether none of the rows up to `count`, filled up to whole vectors of floats, is to be
/// left out.
template <class X>
HWY_INLINE bool all_plain(const GroupState& rows, int count) {
  constexpr double middle = (X::largest_maximum + X::least_maximum) / 2;
  const Wide tag;
  WideVec farthest = hn::Zero(tag);
  for (int k = 0; k < padded(count, column_pitch); k += static_cast<int>(lanes(tag)))
    farthest = hn::Max(farthest, hn::Abs(hn::Sub(hn::Load(tag, rows.m + k), hn::Set(tag, middle))));
  return hn::AllTrue(tag, hn::Le(farthest, hn::Set(tag, X::largest_maximum - middle)));
}

/// Leaves out the rows that need an origin or have no finite maximum, and returns a bit mask of
/// them.
template <class X>
HWY_NOINLINE std::uint64_t leave_out(X* columns, GroupState& rows, int count) {
  constexpr int w = column_pitch;
  std::uint64_t out = 0;
  for (int begin = 0; begin < count; begin += w) {
    for (int lane = 0; lane < w; ++lane) {
      const double m = rows.m[begin + lane];
      if (X::least_maximum <= m && m <= X::largest_maximum) continue;
      out |= std::uint64_t{1} << (begin + lane);
      columns[begin / w].leave_out(lane);
    }
    columns[begin / w].put_maxima(rows, begin);
  }
  return out;
}

/// Writes m and, where the columns have one, M of all rows, and returns a bit mask of those that
/// are left out.
template <class X>
HWY_INLINE std::uint64_t put_all_maxima(X* columns, GroupState& rows, int count) {
  constexpr int w = column_pitch;
  for (int begin = 0; begin < count; begin += w) columns[begin / w].put_maxima(rows, begin);
  return HWY_LIKELY(all_plain<X>(rows, count)) ? 0 : leave_out(columns, rows, count);
}

/// Sets the tail of each row in the bit mask `out` to -1. Call it when the tails are written.
HWY_INLINE void mark_left_out(std::uint64_t out, GroupState& rows) {
  for (int k = 0; out != 0; ++k, out >>= 1)
    if ((out & 1) != 0) rows.tail[k] = -1;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
