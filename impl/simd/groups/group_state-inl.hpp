// SPDX-License-Identifier: MIT
// The numbers that come once a row, for a group of rows: each has an array over the rows, so that
// it is computed for a vector of rows at a time.

#if defined(XENT_IMPL_SIMD_GROUPS_GROUP_STATE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_GROUPS_GROUP_STATE_INL
#undef XENT_IMPL_SIMD_GROUPS_GROUP_STATE_INL
#else
#define XENT_IMPL_SIMD_GROUPS_GROUP_STATE_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/label_group.hpp"
#include "impl/rows/row_state.hpp"
#include "impl/simd/columns/transpose_blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The vectors of doubles that a vector of floats makes.
inline constexpr std::size_t halves = static_cast<std::size_t>(column_pitch) / hn::MaxLanes(Wide());

/// Returns the lane of a vector of floats at which its half n begins.
constexpr std::ptrdiff_t half_at(std::size_t n) {
  return static_cast<std::ptrdiff_t>(n * hn::MaxLanes(Wide()));
}

/// The numbers of a group. top and tail are in units of 2^(M - 256). m and x_y are less the origin
/// of the row's unit, where it has one.
struct GroupState {
  alignas(64) double m[most_in_group];
  alignas(64) double exponent[most_in_group];  // M
  alignas(64) double x_y[most_in_group];
  alignas(64) double tail[most_in_group];
  alignas(64) double top[most_in_group];
  alignas(64) double l[most_in_group];

  /// Fills the entries after row `count` that are computed in the lanes beside it with numbers that
  /// cannot overflow.
  HWY_INLINE void pad(int count);
};

/// Returns a vector of floats, half(n) for each half n of it.
template <class Half>
HWY_INLINE hn::Vec<hn::ScalableTag<float>> of_halves(Half half) {
#if HWY_TARGET == HWY_SCALAR
  return half(0);
#else
  return hn::Combine(hn::ScalableTag<float>(), half(1), half(0));
#endif
}

/// Returns the sum of the terms but e_y, of a vector of rows from row k on.
HWY_INLINE WideVec others_of_label(const GroupState& rows, std::ptrdiff_t k, WideVec e_y) {
  const Wide tag;
  const WideVec tail = hn::Load(tag, rows.tail + k);
  const auto is_maximum = hn::Eq(hn::Load(tag, rows.x_y + k), hn::Load(tag, rows.m + k));
  return hn::IfThenElse(is_maximum, tail, hn::Add(hn::Load(tag, rows.top + k), hn::Sub(tail, e_y)));
}

/// Stores a vector of floats as doubles.
HWY_INLINE void put_wide(LaneVec<FloatExp> v, double* to) {
#if HWY_TARGET == HWY_SCALAR
  hn::Store(hn::PromoteTo(Wide(), v), Wide(), to);
#else
  const Narrow half;
  hn::Store(hn::PromoteTo(Wide(), hn::LowerHalf(half, v)), Wide(), to);
  hn::Store(hn::PromoteTo(Wide(), hn::UpperHalf(half, v)), Wide(), to + lanes(Wide()));
#endif
}

/// Returns 2^n in each lane, for an integer n for which that is a normal number.
HWY_INLINE WideVec wide_power_of_2(WideVec n) {
  const hn::RebindToUnsigned<Wide> bits;
  const auto biased = hn::Add(n, hn::Set(Wide(), 0x1.8p52 + 1023));
  return hn::BitCast(Wide(), hn::ShiftLeft<52>(hn::BitCast(bits, biased)));
}

/// How many vectors of rows find_losses() computes together.
inline constexpr std::ptrdiff_t rows_together = interleaved / 2;

/// Returns the least multiple of `together` that is not below `count`.
constexpr int padded(int count, std::ptrdiff_t together) {
  const int many = static_cast<int>(together);
  return (count + many - 1) / many * many;
}

/// How many rows are computed together: a vector of floats, or rows_together vectors of doubles.
inline constexpr std::ptrdiff_t lanes_together =
    std::max(rows_together * static_cast<std::ptrdiff_t>(hn::MaxLanes(Wide())),
             static_cast<std::ptrdiff_t>(hn::MaxLanes(LaneTag<FloatExp>())));

HWY_INLINE void GroupState::pad(int count) {
  for (int k = count; k < padded(count, lanes_together); ++k) {
    m[k] = exponent[k] = x_y[k] = tail[k] = 0;
    top[k] = tail_scale;
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
