// SPDX-License-Identifier: MIT
// The coefficients of rows of f64 of few classes, one row in each lane, as pairs, times
// 2^256 (simd/soft/doubles/pair_coefficients-inl.hpp). Sums of them err by (384 x 2^-53)^2 of the
// magnitudes: docs/error_bounds.md, lemma 3 (compensated sums).

#if defined(XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_TARGETS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_TARGETS_INL
#undef XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_TARGETS_INL
#else
#define XENT_IMPL_SIMD_SOFT_DOUBLES_DOUBLE_TARGETS_INL
#endif

#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/driver/groups/soft_group.hpp"
#include "impl/simd/columns/transpose-inl.hpp"
#include "impl/simd/groups/double_columns-inl.hpp"
#include "impl/simd/lanes/masks-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/soft/doubles/pair_coefficients-inl.hpp"
#include "impl/simd/soft/doubles/pair_masses-inl.hpp"
#include "impl/simd/soft/target_columns-inl.hpp"
#include "impl/simd/soft/target_lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The columns of coefficients, of the rows of one vector: load(), then the others.
class DoubleTargets {
 public:
  HWY_INLINE DoubleTargets() = default;  // named, or g++ compiles it for the baseline

  /// Makes the coefficients of rows begin, begin + 1, … of the group, a vector of them; lanes
  /// without a row have those of the first row, or of q = 0.
  HWY_INLINE void load(const SoftGroup<double>& group, int begin, int count) {
    size_ = group.x.cols;
    const RowOptions<double>& options = *group.options;
    has_lows_ = !options.keeps_probs();
    if (group.has_labels() && options.keeps_ties()) return load_labels(group, begin, count);
    load_probs(group, begin, count, hi_);
    auto least = hn::Zero(Wide());
    sizes_ = least;
    for (std::ptrdiff_t j = 0; j < size_; ++j) {
      const WideVec q = hn::Load(Wide(), hi_ + j * pitch);
      least = hn::Min(least, q);
      const double w = options.weight().data == nullptr ? 1 : options.weight()[j];
      const WidePair c = pair_coefficients(options, q, hn::Set(Wide(), w));
      sizes_ = hn::Add(sizes_, hn::Abs(c.hi));
      put(j, c);
    }
    const bool smooths = options.problem_options().label_smoothing != 0;
    may_cancel_ = smooths ? mask_bits(Wide(), hn::Lt(least, hn::Zero(Wide()))) : 0;
  }

  /// Returns a bit mask of the lanes where a q below 0 is smoothed, so that it may cancel.
  std::uint64_t may_cancel() const { return may_cancel_; }

  /// Returns the coefficients of column j.
  HWY_INLINE WidePair at(std::ptrdiff_t j) const {
    const WideVec hi = hn::Load(Wide(), hi_ + j * pitch);
    return {hi, has_lows_ ? hn::Load(Wide(), lo_ + j * pitch) : hn::Zero(Wide())};
  }

  /// Returns -D and Q, times 2^256; x still has its elements. A term with c = 0 is 0.
  template <class X>
  HWY_INLINE TargetLanes<true> sums(const X& x) const {
    TargetLanes<true> sums;
    for (std::ptrdiff_t j = 0; j < size_; ++j) sums.add_distance<true>(x.from_maxima(j), at(j));
    return sums;
  }

  /// Returns the sums of the magnitudes, as masses() has them.
  HWY_INLINE WideVec sizes() const { return sizes_; }

  HWY_INLINE PairMassLanes masses() const {
    PairMassLanes masses;
    for (std::ptrdiff_t j = 0; j < size_; ++j) masses.add(at(j));
    return masses;
  }

 private:
  HWY_INLINE void put(std::ptrdiff_t j, const WidePair& c) {
    hn::Store(c.hi, Wide(), hi_ + j * pitch);
    if (has_lows_) hn::Store(c.lo, Wide(), lo_ + j * pitch);
  }

  /// Makes those of labels without weights: of each row all are alike but one.
  HWY_INLINE void load_labels(const SoftGroup<double>& group, int begin, int count) {
    const WideVec one = hn::Set(Wide(), 1.0);
    const WidePair other = pair_coefficients(*group.options, hn::Zero(Wide()), one);
    const WidePair own = pair_coefficients(*group.options, one, one);
    for (std::ptrdiff_t j = 0; j < size_; ++j) put(j, other);
    for (int k = 0; k < count; ++k) {
      const std::ptrdiff_t at = group.y[begin + k] * pitch + k;
      hi_[at] = hn::GetLane(own.hi);
      if (has_lows_) lo_[at] = hn::GetLane(own.lo);
    }
    const WideVec others = hn::Set(Wide(), static_cast<double>(size_ - 1));
    sizes_ = hn::MulAdd(others, other.hi, own.hi);
    may_cancel_ = 0;
  }

  static constexpr std::ptrdiff_t pitch = pitch_of<double>;

  alignas(64) double hi_[double_lane_classes * pitch_of<double>];
  alignas(64) double lo_[double_lane_classes * pitch_of<double>];
  bool has_lows_;  // whether low parts may not be 0
  WideVec sizes_;
  std::ptrdiff_t size_;
  std::uint64_t may_cancel_;  // bit k for lane k
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
