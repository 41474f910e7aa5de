// SPDX-License-Identifier: MIT
// Computes rows of f64 of few classes against soft targets, with a row in each lane, in
// pairs: losses in simd/soft/doubles/double_soft_losses-inl.hpp, gradients in
// simd/soft/doubles/double_soft_gradient-inl.hpp.
//
// Why it is safe: rows that rows_in_range() does not hold, or whose coefficients may
// cancel, are left to the row function of soft targets.
//
// Error: docs/error_bounds.md, lemma 88 (soft targets of f64 in lanes).

#if defined(XENT_IMPL_SIMD_SOFT_DOUBLES_SHORT_DOUBLE_SOFT_ROWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_DOUBLES_SHORT_DOUBLE_SOFT_ROWS_INL
#undef XENT_IMPL_SIMD_SOFT_DOUBLES_SHORT_DOUBLE_SOFT_ROWS_INL
#else
#define XENT_IMPL_SIMD_SOFT_DOUBLES_SHORT_DOUBLE_SOFT_ROWS_INL
#endif

#include <algorithm>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/groups/double_columns-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/math/pair_logit_map-inl.hpp"
#include "impl/simd/soft/doubles/double_soft_gradient-inl.hpp"
#include "impl/simd/soft/doubles/double_soft_losses-inl.hpp"
#include "impl/simd/soft/doubles/double_targets-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Writes the losses and log-sum-exps of `count` rows from row `begin` of the group on.
HWY_INLINE void put_losses(const SoftPairs& rows, int begin, int count, SoftGroup<double>& group) {
  store_pair(rows.loss, group.loss_hi + begin, group.loss_lo + begin);
  hn::Store(hn::Set(Wide(), 1.0), Wide(), group.loss_unit + begin);
  if (group.lse.data == nullptr) return;
  alignas(64) double lse[hn::MaxLanes(Wide())];
  hn::Store(hn::Add(rows.lse.hi, rows.lse.lo), Wide(), lse);
  for (int k = 0; k < count; ++k) group.lse[group.first + begin + k] = lse[k];
}

/// Computes the wanted rows of the group, and removes those that are done from `wanted`.
template <class Exp, bool has_gradient, bool is_mapped>
HWY_NOINLINE void short_double_soft_rows(SoftGroup<double>& group) {
  using X = DoubleColumns<Exp, is_mapped>;
  constexpr int w = X::pitch;
  X x;
  DoubleTargets targets;
  WidePair slopes[is_mapped && has_gradient ? double_lane_classes : 1];
  const PairLogitMap map(group.options->problem_options());
  for (int begin = 0; begin < group.count; begin += w) {
    const int count = std::min(w, group.count - begin);
    std::uint64_t done = group.wanted >> begin & ((std::uint64_t{1} << count) - 1);
    x.load(group.x, group.first + begin, count);
    if constexpr (is_mapped) done &= ~x.template map<has_gradient>(map, slopes);
    targets.load(group, begin, count);
    const TargetLanes<true> sums = targets.sums(x);
    const SoftPairs rows(group, begin, x.maxima(), sums, x.template sum_terms<has_gradient>());
    done &= rows_in_range(rows, targets.sizes()) & ~targets.may_cancel();
    put_losses(rows, begin, count, group);
    if constexpr (has_gradient) {
      const DoubleSoftGradient<Exp, is_mapped> gradient(x, targets, rows, targets.masses(),
                                                        map.has_cap() ? slopes : nullptr);
      store_columns(gradient, group.g, group.first + begin, count, done);
    }
    group.wanted &= ~(done << begin);
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
