// SPDX-License-Identifier: MIT
// Computes the losses of rows of f64 against soft targets, one in each lane, in pairs:
//
//   l = log1p(R),   lse = m + l,   loss = v (D + l Q + k lse^2)
//
// with the sums of simd/soft/doubles/double_targets-inl.hpp.
//
// Error: docs/error_bounds.md, lemma 88 (soft targets of f64 in lanes).

#if defined(XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_SOFT_LOSSES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_SOFT_LOSSES_INL
#undef XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_SOFT_LOSSES_INL
#else
#define XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_SOFT_LOSSES_INL
#endif

#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/math/log1p-inl.hpp"
#include "impl/simd/soft/doubles/double_targets-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The numbers that come once a row, for the rows of one vector. Coefficients, their sums and tails
/// are times 2^256.
struct SoftPairs {
  WidePair m;
  WidePair tail, gap, mass;  // D and Q
  WidePair v_scale;          // v and the scale of the gradient
  WidePair lse, z, loss;     // z = 2 k lse

  HWY_INLINE SoftPairs() = default;  // named, or g++ compiles it for the baseline

  /// Takes the rows from row `begin` of the group on, with -D and Q in `sums`.
  HWY_INLINE SoftPairs(const SoftGroup<double>& group, int begin, const WidePair& maxima,
                       const TargetLanes<true>& sums, const WidePair& tails)
      : m(maxima), tail(tails), gap(negate(sums.gap())), mass(sums.mass()) {
    const Wide tag;
    const WideVec v = hn::Load(tag, group.v + begin);
    const double k = group.options->problem_options().z_loss;
    const WidePair l = log1p_of_pair(tag, scale(tail, 1 / tail_scale));
    v_scale = mul(set_pair(group.scale), v);
    lse = add(m, l);
    const WidePair half_z = mul(lse, hn::Set(tag, k));
    z = scale(half_z, 2);
    loss = scale(add(gap, mul(l, mass)), 1 / tail_scale);
    if (k != 0) loss = add(loss, mul(half_z, lse));
    loss = mul(loss, v);
  }
};

/// Returns a bit mask, bit 0 for the first row, of the rows whose results hold: which have a loss,
/// whose factors are too small for clamped terms to count, and where no product that counts
/// underflows or overflows.
HWY_INLINE std::uint64_t rows_in_range(const SoftPairs& rows, WideVec size) {
  const Wide tag;
  const auto set = [&](double x) HWY_ATTR { return hn::Set(tag, x); };
  const WideVec scaled_z = hn::Mul(hn::Abs(rows.z.hi), set(tail_scale));
  const WideVec most = hn::Max(size, hn::Add(size, scaled_z));
  const WideVec scale = hn::Abs(rows.v_scale.hi);
  auto good = hn::Ge(rows.tail.hi, set(tail_scale * 0x1p-512));
  good = hn::And(good, hn::Ge(size, set(tail_scale * 0x1p-128)));
  good = hn::And(good, hn::Le(most, set(tail_scale * 0x1p64)));
  good = hn::And(good, hn::Le(hn::Mul(most, scale), set(tail_scale * 0x1p64)));
  good = hn::And(good, hn::Ge(scale, set(least_factor_in_pairs)));
  good = hn::And(good, hn::Le(hn::Abs(rows.m.hi), set(0x1p880)));
  good = hn::And(good, hn::Le(hn::Abs(rows.gap.hi), set(0x1p1000)));
  return mask_bits(tag, hn::And(good, hn::Le(hn::Abs(rows.loss.hi), set(0x1p900))));
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
