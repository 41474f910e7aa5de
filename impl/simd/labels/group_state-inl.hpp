// SPDX-License-Identifier: MIT
// The numbers of a group of rows that come once a row, each in an array over the rows, so that they
// are computed for a vector of rows at a time.

#if defined(XENT_IMPL_SIMD_LABELS_GROUP_STATE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_GROUP_STATE_INL
#undef XENT_IMPL_SIMD_LABELS_GROUP_STATE_INL
#else
#define XENT_IMPL_SIMD_LABELS_GROUP_STATE_INL
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/label_group.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Top and tail are in units of the tail, 2^(M - 256); m and x_y less the origin of the row's unit.
struct GroupState {
  alignas(64) double m[most_in_group];
  alignas(64) double exponent[most_in_group];  // M
  alignas(64) double x_y[most_in_group];
  alignas(64) double tail[most_in_group];
  alignas(64) double top[most_in_group];
  alignas(64) double l[most_in_group];

  /// Gives numbers to the lanes after row `count` that are computed beside those of the rows.
  HWY_INLINE void pad(int count);
};

/// Two vectors of doubles of one of floats.
HWY_INLINE void put_wide(LaneVec<FloatExp> v, double* to) {
#if HWY_TARGET == HWY_SCALAR
  hn::Store(hn::PromoteTo(Wide(), v), Wide(), to);
#else
  const Narrow half;
  hn::Store(hn::PromoteTo(Wide(), hn::LowerHalf(half, v)), Wide(), to);
  hn::Store(hn::PromoteTo(Wide(), hn::UpperHalf(half, v)), Wide(), to + lanes(Wide()));
#endif
}

/// 2^n, n a whole number, in each lane.
HWY_INLINE WideVec wide_power_of_2(WideVec n) {
  const hn::RebindToUnsigned<Wide> bits;
  const auto biased = hn::Add(n, hn::Set(Wide(), 0x1.8p52 + 1023));
  return hn::BitCast(Wide(), hn::ShiftLeft<52>(hn::BitCast(bits, biased)));
}

/// Vectors of rows whose losses are found together.
inline constexpr std::ptrdiff_t rows_together = interleaved / 2;

/// The first multiple of `together` that is not below `count`.
constexpr int padded(int count, std::ptrdiff_t together) {
  const int many = static_cast<int>(together);
  return (count + many - 1) / many * many;
}

/// Rows that are computed together: a vector of floats, or vectors of doubles.
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
