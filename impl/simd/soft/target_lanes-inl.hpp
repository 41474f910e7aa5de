// SPDX-License-Identifier: MIT
// Sums D = sum_j c_j (m - x_j) and Q = sum_j c_j in double lanes: plainly for f32 and 16-bit
// logits, compensated for f64, where the errors of the products and of m - x_j are kept too. Error:
// docs/error_bounds.md, lemma 33 (D and Q of soft targets).

#if defined(XENT_IMPL_SIMD_SOFT_TARGET_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_SOFT_TARGET_LANES_INL
#undef XENT_IMPL_SIMD_SOFT_TARGET_LANES_INL
#else
#define XENT_IMPL_SIMD_SOFT_TARGET_LANES_INL
#endif

#include <hwy/highway.h>

#include "impl/rows/row_loss.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/simd/lanes/error_free-inl.hpp"
#include "impl/simd/lanes/pair_lanes-inl.hpp"
#include "impl/simd/reduce/term_sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// The coefficients c_j = hi + lo; lo is 0 but for f64.
using WideCoefficient = WidePair;

HWY_INLINE bool are_zero(const WideCoefficient& c) {
  return hn::AllTrue(Wide(), hn::Eq(c.hi, hn::Zero(Wide())));
}

/// D and Q in lanes.
template <bool compensated>
class TargetLanes {
 public:
  HWY_INLINE TargetLanes()
      : gap_(hn::Zero(Wide())),
        gap_lo_(hn::Zero(Wide())),
        mass_(hn::Zero(Wide())),
        mass_lo_(hn::Zero(Wide())) {}

  /// Adds elements x with coefficients c, D being about m. With `masks` a term with c = 0 is 0,
  /// also where x is -inf.
  template <bool masks>
  HWY_INLINE void add(WideVec x, WideCoefficient c, WideVec m) {
    if constexpr (compensated) {
      add_distance<masks>(two_difference(Wide(), m, x), c);
    } else {
      const WideVec d = hn::Sub(m, x);
      if constexpr (masks) {
        const WideVec term = hn::Mul(c.hi, d);
        gap_ = hn::Add(gap_, hn::IfThenZeroElse(hn::Eq(c.hi, hn::Zero(Wide())), term));
      } else {
        gap_ = hn::MulAdd(c.hi, d, gap_);
      }
      mass_ = hn::Add(mass_, c.hi);
    }
  }

  /// Adds elements whose distance m - x is the pair d; returns at once where every c is 0, as most
  /// are of labels and of csr.
  template <bool masks>
  HWY_INLINE void add_distance(const WidePair& d, const WideCoefficient& c) {
    if (are_zero(c)) return;
    add_product<masks>(c, d.hi, d.lo);
    add_exactly(mass_, mass_lo_, c.hi);
    mass_lo_ = hn::Add(mass_lo_, c.lo);
  }

  /// Returns D and Q of each lane.
  HWY_INLINE WidePair gap() const { return fast_two_sum(Wide(), gap_, gap_lo_); }
  HWY_INLINE WidePair mass() const { return fast_two_sum(Wide(), mass_, mass_lo_); }

  /// Makes D be about a maximum that is larger by `by`.
  HWY_INLINE void rise(Pair by) {
    const WideVec hi = hn::Set(Wide(), by.hi);
    if constexpr (compensated)
      add_product<true>({mass_, mass_lo_}, hi, hn::Set(Wide(), by.lo));
    else
      gap_ = hn::Add(gap_, hn::Mul(mass_, hi));
  }

  /// Tells whether D is finite in all lanes.
  HWY_INLINE bool is_finite() const { return hn::AllTrue(Wide(), hn::IsFinite(gap_)); }

  /// Returns the sums over the lanes of both; `unit` is that of the coefficients.
  HWY_INLINE TargetSums total_with(const TargetLanes& other, double unit) const {
    if constexpr (compensated) {
      const Pair gap = plus(sum_of_lanes(Wide(), gap_, gap_lo_),
                            sum_of_lanes(Wide(), other.gap_, other.gap_lo_));
      const Pair mass = plus(sum_of_lanes(Wide(), mass_, mass_lo_),
                             sum_of_lanes(Wide(), other.mass_, other.mass_lo_));
      return {gap, mass, unit};
    } else {
      const WideVec gap = hn::SumOfLanes(Wide(), hn::Add(gap_, other.gap_));
      const WideVec mass = hn::SumOfLanes(Wide(), hn::Add(mass_, other.mass_));
      return {exactly(hn::GetLane(gap)), exactly(hn::GetLane(mass)), unit};
    }
  }

 private:
  /// Adds c (d + e) to D.
  template <bool masks>
  HWY_INLINE void add_product(WideCoefficient c, WideVec d, WideVec e) {
    const auto absent = hn::Eq(c.hi, hn::Zero(Wide()));
    const WidePair product = two_prod_of_large(Wide(), c.hi, d);
    WideVec term = product.hi;
    WideVec rest = hn::MulAdd(c.hi, e, hn::MulAdd(c.lo, d, product.lo));
    if constexpr (masks) {
      term = hn::IfThenZeroElse(absent, term);
      rest = hn::IfThenZeroElse(absent, rest);
    }
    gap_lo_ = hn::Add(gap_lo_, rest);
    add_exactly(gap_, gap_lo_, term);
  }

  WideVec gap_, gap_lo_, mass_, mass_lo_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
