// SPDX-License-Identifier: MIT
// Sums the distances S = sum_j (m - x_j) from the maximum m so far, in double lanes: plainly for
// f32 and 16-bit logits, compensated for f64. Where m rises by r after k elements, S grows by k r.
//
// Error, relative, for C <= 2^26: 2^-34 in f32, 2^-66 in f64. Proof: docs/error_bounds.md, lemma 92
// (sparse coefficients).

#if defined(XENT_IMPL_SIMD_SOFT_SPARSE_DISTANCE_SUM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_SPARSE_DISTANCE_SUM_INL
#undef XENT_IMPL_SIMD_SOFT_SPARSE_DISTANCE_SUM_INL
#else
#define XENT_IMPL_SIMD_SOFT_SPARSE_DISTANCE_SUM_INL
#endif

#include <cmath>
#include <cstddef>

#include <hwy/highway.h>

#include "impl/arithmetic/pair.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/simd/lanes/blocks-inl.hpp"
#include "impl/simd/lanes/error_free-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// A sum of distances in each lane; what its additions lose is kept for f64.
template <bool compensated>
struct DistanceLanes {
  WideVec sum, lost;

  HWY_INLINE DistanceLanes() : sum(hn::Zero(Wide())), lost(hn::Zero(Wide())) {}
  /// Adds m - x.
  HWY_INLINE void add(WideVec m, WideVec x) {
    if constexpr (compensated) {
      const WidePair d = two_difference(Wide(), m, x);
      add_exactly(sum, lost, d.hi);
      lost = hn::Add(lost, d.lo);
    } else {
      sum = hn::Add(sum, hn::Sub(m, x));
    }
  }
  HWY_INLINE Pair total() const {
    if constexpr (compensated) return sum_of_lanes(Wide(), sum, lost);
    return exactly(hn::GetLane(hn::SumOfLanes(Wide(), sum)));
  }
};

/// The sum over the blocks of a row of T, or of a part of one.
template <class T>
class DistanceSum {
  using Lanes = DistanceLanes<sizeof(T) == 8>;

 public:
  // Written out, because g++ compiles a defaulted constructor for the baseline.
  HWY_INLINE DistanceSum() {}  // NOLINT(modernize-use-equals-default)

  /// Takes block [p, p + n); `maximum` is that of all elements so far.
  template <class A>
  HWY_INLINE void take(const A* p, std::ptrdiff_t n, double maximum) {
    if (std::isfinite(maximum) && maximum != m_) {
      rises_ = plus(rises_, mul(exactly(count_), impl::two_sum(maximum, -m_)));
      m_ = maximum;
    }
    count_ += static_cast<double>(n);
    const std::ptrdiff_t w = lanes(Wide());
    const WideVec m = hn::Set(Wide(), m_);
    Lanes even = even_;
    Lanes odd = odd_;
    std::ptrdiff_t j = 0;
    for (; j + 2 * w <= n; j += 2 * w) {
      even.add(m, load_wide(p + j));
      odd.add(m, load_wide(p + j + w));
    }
    for (; j < n; j += w)
      even.add(m, j + w <= n ? load_wide(p + j) : load_wide_padded(p + j, n - j, m_));
    even_ = even;
    odd_ = odd;
  }

  /// Returns S as the gap of sums whose mass is the number of elements, as of coefficients that are
  /// all 1.
  HWY_INLINE TargetSums total() const {
    return {plus(rises_, plus(even_.total(), odd_.total())), exactly(count_)};
  }

 private:
  Lanes even_, odd_;  // vectors of even and of odd number
  Pair rises_;
  double m_ = 0;  // any number does where all x are -inf
  double count_ = 0;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
