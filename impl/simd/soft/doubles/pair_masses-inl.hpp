// SPDX-License-Identifier: MIT
// Sums coefficients of f64 in lanes, as pairs, with the largest apart from the others, as
// impl/rows/soft_gradient.hpp needs them. Error, of the sum of the magnitudes: (n 2^-53)^2 for n of
// them in a lane. Proof: docs/error_bounds.md, lemma 3 (compensated sums).

#if defined(XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_MASSES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_MASSES_INL
#undef XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_MASSES_INL
#else
#define XENT_IMPL_SIMD_SOFT_DOUBLES_PAIR_MASSES_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/rows/soft_gradient.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The sums in lanes: each lane keeps its coefficient of the largest magnitude, and sums the
/// others.
class PairMassLanes {
 public:
  HWY_INLINE PairMassLanes()
      : magnitude_(hn::Zero(Wide())),
        size_(magnitude_),
        hi_(magnitude_),
        lo_(magnitude_),
        largest_{magnitude_, magnitude_} {}

  /// Adds one coefficient to each lane.
  HWY_INLINE void add(const WidePair& c) {
    const WideVec magnitude = hn::Abs(c.hi);
    const auto is_larger = hn::Gt(magnitude, magnitude_);
    const WidePair lesser = choose(is_larger, largest_, c);
    largest_ = choose(is_larger, c, largest_);
    magnitude_ = hn::Max(magnitude_, magnitude);
    size_ = hn::Add(size_, magnitude);
    add_exactly(hi_, lo_, lesser.hi);
    lo_ = hn::Add(lo_, lesser.lo);
  }

  /// Return the sums of each lane: the largest coefficient, the others, and the magnitudes.
  HWY_INLINE WidePair largest() const { return largest_; }
  HWY_INLINE WidePair rest() const { return fast_two_sum(Wide(), hi_, lo_); }
  HWY_INLINE WideVec size() const { return size_; }

  /// Returns the sums over all lanes.
  HWY_INLINE Mass total() const {
    HWY_ALIGN double hi[hn::MaxLanes(Wide())];
    HWY_ALIGN double lo[hn::MaxLanes(Wide())];
    store_pair(largest_, hi, lo);
    const Pair others = sum_of_lanes(Wide(), hi_, lo_);
    CompensatedSum rest;
    rest.add_term(others.hi, others.lo);
    Pair largest = {hi[0], lo[0]};
    for (std::ptrdiff_t k = 1; k < lanes(Wide()); ++k) {
      const Pair c = {hi[k], lo[k]};
      const bool is_larger = std::abs(c.hi) > std::abs(largest.hi);
      const Pair lesser = is_larger ? largest : c;
      rest.add_term(lesser.hi, lesser.lo);
      if (is_larger) largest = c;
    }
    return {largest, rest.total(), hn::GetLane(hn::SumOfLanes(Wide(), size_))};
  }

 private:
  WideVec magnitude_, size_, hi_, lo_;  // magnitude_ is |largest_|
  WidePair largest_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
