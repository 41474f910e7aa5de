// SPDX-License-Identifier: MIT
// Sums the coefficients of a row of f32 or 16-bit logits in double lanes, with the largest apart
// from the others, as impl/rows/soft_gradient.hpp needs them. Error: docs/error_bounds.md, lemma 34
// (the sums of the others, A_j and n_j).

#if defined(XENT_IMPL_SIMD_SOFT_MASS_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_MASS_LANES_INL
#undef XENT_IMPL_SIMD_SOFT_MASS_LANES_INL
#else
#define XENT_IMPL_SIMD_SOFT_MASS_LANES_INL
#endif

#include <cmath>

#include <hwy/highway.h>

#include "impl/driver/segments.hpp"
#include "impl/rows/soft_gradient.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/soft/target_lanes-inl.hpp"
#include "impl/targets/coefficients.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The sums in lanes: each lane keeps its coefficient of the largest magnitude, and sums the
/// others.
class MassLanes {
 public:
  HWY_INLINE MassLanes()
      : magnitude_(hn::Zero(Wide())), largest_(magnitude_), rest_(magnitude_), size_(magnitude_) {}

  /// Adds one coefficient to each lane.
  HWY_INLINE void add(WideVec c) {
    const WideVec magnitude = hn::Abs(c);
    const auto is_larger = hn::Gt(magnitude, magnitude_);
    magnitude_ = larger(magnitude_, magnitude);
    rest_ = hn::Add(rest_, hn::IfThenElse(is_larger, largest_, c));
    largest_ = hn::IfThenElse(is_larger, c, largest_);
    size_ = hn::Add(size_, magnitude);
  }

  HWY_INLINE void add(const WideCoefficient& c) { add(c.hi); }

  /// Writes the sums of each lane: the largest coefficient, the others, and the magnitudes.
  HWY_INLINE void store(double* largest, double* rest, double* size) const {
    hn::Store(largest_, Wide(), largest);
    hn::Store(rest_, Wide(), rest);
    hn::Store(size_, Wide(), size);
  }

  /// Returns the sums over all lanes.
  HWY_INLINE Mass total() const {
    HWY_ALIGN double of_lanes[hn::MaxLanes(Wide())];
    hn::Store(largest_, Wide(), of_lanes);
    double largest = of_lanes[0];
    double rest = hn::GetLane(hn::SumOfLanes(Wide(), rest_));
    for (std::ptrdiff_t k = 1; k < lanes(Wide()); ++k) {
      const bool is_larger = std::abs(of_lanes[k]) > std::abs(largest);
      rest += is_larger ? largest : of_lanes[k];
      if (is_larger) largest = of_lanes[k];
    }
    const double size = hn::GetLane(hn::SumOfLanes(Wide(), size_));
    return {exactly(largest), exactly(rest), size};
  }

 private:
  WideVec magnitude_, largest_, rest_, size_;  // magnitude_ is |largest_|
};

/// Adds the n coefficients of the block that `source` has read.
template <class Source, class Masses>
HWY_INLINE void add_masses(const Source& source, std::ptrdiff_t n, Masses& mass) {
  const std::ptrdiff_t w = lanes(Wide());
  std::ptrdiff_t j = 0;
  for (; j + w <= n; j += w) mass.add(source.at(j));
  if (j < n) mass.add(source.last(j, n - j));
}

/// Returns the sums of the coefficients of both.
inline Mass merged(const Mass& a, const Mass& b) noexcept {
  const bool is_in_a = std::abs(a.largest.hi) >= std::abs(b.largest.hi);
  const Pair rest = add(add(a.rest, b.rest), is_in_a ? b.largest : a.largest);
  return {is_in_a ? a.largest : b.largest, rest, a.size + b.size};
}

/// Returns the sums of the coefficients c, which the Source gives in lanes, in the unit of c. They
/// are made in Masses: MassLanes, or PairMassLanes for f64. Up to `threads` threads share those of
/// a wide row, which is cut into segments whatever their number.
template <class Source, class Masses = MassLanes, class T>
HWY_INLINE Mass mass_in_lanes(const Coefficients<T>& c, int threads) {
  const auto of_part = [&c](std::ptrdiff_t begin, std::ptrdiff_t end) HWY_ATTR {
    Source source(c);
    Masses mass;
    for_each_block(end - begin, [&](std::ptrdiff_t at, std::ptrdiff_t n) HWY_ATTR {
      source.read(begin + at, n);
      add_masses(source, n, mass);
    });
    return mass.total();
  };
  if (c.size() < Sharing::least_split) return of_part(0, c.size());
  Mass parts[most_segments];
  const Segments segments(c.size(), Sharing::split_grain);
  segments.for_each(threads, [&](std::ptrdiff_t k, std::ptrdiff_t begin, std::ptrdiff_t end) {
    parts[k] = of_part(begin, end);
  });
  Mass all = parts[0];
  for (std::ptrdiff_t k = 1; k < segments.count(); ++k) all = merged(all, parts[k]);
  return all;
}

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
