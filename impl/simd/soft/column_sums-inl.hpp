// SPDX-License-Identifier: MIT
// Sums the coefficients of rows of few classes, one row in each lane, in double lanes:
//
//   D = sum_j c_j (m - x_j),   Q = sum_j c_j         (a term with c_j = 0 is 0)
//
// Error: 2^-44 in terms of the sums of the magnitudes. Proof: docs/error_bounds.md, lemmas 33 and
// 34 (D and Q of soft targets; the sums of the others).

#if defined(XENT_IMPL_SIMD_SOFT_COLUMN_SUMS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_COLUMN_SUMS_INL
#undef XENT_IMPL_SIMD_SOFT_COLUMN_SUMS_INL
#else
#define XENT_IMPL_SIMD_SOFT_COLUMN_SUMS_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/driver/groups/group_size.hpp"
#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/groups/group_state-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/soft/mass_lanes-inl.hpp"
#include "impl/simd/soft/target_columns-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The sums of the rows of a group. Of the coefficients the largest in magnitude is apart from the
/// rest, and `size` is the sum of the magnitudes: they are made for a gradient only.
struct SoftSums {
  alignas(64) double gap[most_in_group];      // D
  alignas(64) double mass[most_in_group];     // Q
  alignas(64) double largest[most_in_group];  // c_b
  alignas(64) double rest[most_in_group];     // Q - c_b
  alignas(64) double size[most_in_group];

  /// Puts zeros for row k, which is not wanted, or not there.
  HWY_INLINE void put_nothing(int k) { gap[k] = mass[k] = largest[k] = rest[k] = size[k] = 0; }
};

/// Writes D and Q of the rows of one vector to entries `begin`, begin + 1, … of `sums`, from the
/// elements of x and the maxima in `rows`. With `masks` a term with c = 0 is 0, also where x is
/// -inf. Returns whether every D is finite.
template <bool is_plain, bool masks, class X, class Targets>
HWY_INLINE bool sum_gaps(const X& x, const Targets& targets, const GroupState& rows, int begin,
                         SoftSums& sums) {
  const Wide tag;
  constexpr std::size_t N = halves;
  WideVec m[N], gap[N], mass[N];
  XENT_FOR_EACH_VECTOR(n) {
    m[n] = hn::Load(tag, rows.m + begin + half_at(n));
    gap[n] = mass[n] = hn::Zero(tag);
  }
  for (std::ptrdiff_t j = 0; j < targets.size(); ++j) {
    XENT_FOR_EACH_VECTOR(n) {
      const WideVec c = targets.template at<is_plain>(j, half_at(n));
      WideVec d = hn::Sub(m[n], x.wide_elements(j, half_at(n)));
      if constexpr (masks) d = hn::IfThenZeroElse(hn::Eq(c, hn::Zero(tag)), d);
      gap[n] = hn::MulAdd(c, d, gap[n]);
      mass[n] = hn::Add(mass[n], c);
    }
  }
  bool finite = true;
  XENT_FOR_EACH_VECTOR(n) {
    hn::Store(gap[n], tag, sums.gap + begin + half_at(n));
    hn::Store(mass[n], tag, sums.mass + begin + half_at(n));
    finite = finite && hn::AllTrue(tag, hn::IsFinite(gap[n]));
  }
  return finite;
}

/// Writes the sums of the coefficients that a gradient needs likewise.
template <bool is_plain, class Targets>
HWY_INLINE void sum_masses(const Targets& targets, int begin, SoftSums& sums) {
  constexpr std::size_t N = halves;
  MassLanes mass[N];
  for (std::ptrdiff_t j = 0; j < targets.size(); ++j) {
    XENT_FOR_EACH_VECTOR(n) mass[n].add(targets.template at<is_plain>(j, half_at(n)));
  }
  XENT_FOR_EACH_VECTOR(n) {
    const std::ptrdiff_t k = begin + half_at(n);
    mass[n].store(sums.largest + k, sums.rest + k, sums.size + k);
  }
}

/// Writes all sums of the rows of one vector of the group against labels that are neither smoothed
/// nor weighted, so that one coefficient of each row is 1 and the others are 0: the numbers that
/// sum_columns() would write.
template <class X, class T>
HWY_INLINE void sum_labels(const X& x, const SoftGroup<T>& group, const GroupState& rows, int begin,
                           SoftSums& sums) {
  for (int k = begin; k < begin + static_cast<int>(column_pitch); ++k) {
    sums.put_nothing(k);
    if (k >= group.count) continue;
    sums.gap[k] = rows.m[k] - x.element(group.y[k], k - begin);
    sums.mass[k] = sums.largest[k] = sums.size[k] = 1;
  }
}

/// Writes all sums of the rows of one vector.
template <bool is_plain, bool has_gradient, class X, class Targets>
HWY_INLINE void sum_columns(const X& x, const Targets& targets, const GroupState& rows, int begin,
                            SoftSums& sums) {
  if (!sum_gaps<is_plain, false>(x, targets, rows, begin, sums))
    (void)sum_gaps<is_plain, true>(x, targets, rows, begin, sums);
  if constexpr (has_gradient) sum_masses<is_plain>(targets, begin, sums);
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
