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

/// The rows of one vector: sum(), then finish().
template <class Exp, bool has_gradient, bool is_mapped>
class SoftRowsOfVector {
 public:
  static constexpr int w = DoubleColumns<Exp, is_mapped>::pitch;

  HWY_INLINE SoftRowsOfVector() = default;  // named, or g++ compiles it for the baseline

  /// Sums the terms and the targets of rows begin, begin + 1, … of the group.
  HWY_INLINE void sum(const SoftGroup<double>& group, const PairLogitMap& map, int begin) {
    begin_ = begin;
    count_ = std::min(w, group.count - begin);
    done_ = group.wanted >> begin & ((std::uint64_t{1} << count_) - 1);
    x_.load(group.x, group.first + begin, count_);
    if constexpr (is_mapped) done_ &= ~x_.template map<has_gradient>(map, slopes_);
    targets_.load(group, begin, count_);
    sums_ = targets_.sums(x_);
    tails_ = x_.template sum_terms<has_gradient>();
  }

  /// Writes the results of the rows, and removes those that are done from the group's `wanted`.
  HWY_INLINE void finish(const PairLogitMap& map, SoftGroup<double>& group) {
    const SoftPairs rows(group, begin_, x_.maxima(), sums_, tails_);
    done_ &= rows_in_range(rows, targets_.sizes()) & ~targets_.may_cancel();
    put_losses(rows, begin_, count_, group);
    if constexpr (has_gradient) {
      const DoubleSoftGradient<Exp, is_mapped> gradient(x_, targets_, rows, targets_.masses(),
                                                        map.has_cap() ? slopes_ : nullptr);
      store_columns(gradient, group.g, group.first + begin_, count_, done_);
    }
    group.wanted &= ~(done_ << begin_);
  }

 private:
  DoubleColumns<Exp, is_mapped> x_;
  DoubleTargets targets_;
  WidePair slopes_[is_mapped && has_gradient ? double_lane_classes : 1];
  TargetLanes<true> sums_;
  WidePair tails_;
  std::uint64_t done_;  // bit k: row begin_ + k
  int begin_, count_;
};

/// Computes the wanted rows of the group, and removes those that are done from `wanted`: of few
/// classes those of two vectors at a time, whose ends the processor computes side by side.
template <class Exp, bool has_gradient, bool is_mapped>
HWY_NOINLINE void short_double_soft_rows(SoftGroup<double>& group) {
  using Rows = SoftRowsOfVector<Exp, has_gradient, is_mapped>;
  Rows one, other;
  const PairLogitMap map(group.options->problem_options());
  const bool is_of_few = group.x.cols <= few_classes;
  for (int begin = 0; begin < group.count;) {
    const bool are_two = is_of_few && begin + Rows::w < group.count;
    one.sum(group, map, begin);
    if (are_two) other.sum(group, map, begin + Rows::w);
    one.finish(map, group);
    if (are_two) other.finish(map, group);
    begin += are_two ? 2 * Rows::w : Rows::w;
  }
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
