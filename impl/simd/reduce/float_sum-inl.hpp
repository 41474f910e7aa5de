// SPDX-License-Identifier: MIT
// Sums vectors of terms 2^sum_scale exp(…) of f32 lanes:
//
//   F32Exp       two vectors are added in f32, which rounds once, and their sum in double lanes
//   F32PairExp   the powers are added in double lanes; the low parts s power of one add() are
//                summed in f32 by fused operations, and that sum is added in double lanes
//
// Error: docs/error_bounds.md, lemmas 58, 59 and 62 (sums in lanes; simd: R; faithful in f32 and 16
// bits).

#if defined(XENT_IMPL_SIMD_REDUCE_FLOAT_SUM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_REDUCE_FLOAT_SUM_INL
#undef XENT_IMPL_SIMD_REDUCE_FLOAT_SUM_INL
#else
#define XENT_IMPL_SIMD_REDUCE_FLOAT_SUM_INL
#endif

#include <cstddef>
#include <cstdint>

#include <hwy/highway.h>

#include "impl/arithmetic/pair.hpp"
#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"
#include "impl/simd/math/exponential-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Returns the factor that brings terms of f32 lanes, whose powers are scaled by `table_factor`, to
/// units of the tail.
constexpr double in_tail_unit(double table_factor) {
  static_assert(FloatExp::sum_scale == 120);
  return tail_scale / 0x1p120 / table_factor;
}

/// Two vectors of doubles to which a vector of floats is added, half to each.
class FloatSum {
  using V = LaneVec<F32Exp>;

 public:
  HWY_INLINE FloatSum() : lower_(hn::Zero(Wide())), upper_(hn::Zero(Wide())) {}
  HWY_INLINE void add(V term) {
#if HWY_TARGET == HWY_SCALAR
    lower_ = hn::Add(lower_, hn::PromoteTo(Wide(), term));
#else
    const hn::Rebind<float, Wide> half;
    lower_ = hn::Add(lower_, hn::PromoteTo(Wide(), hn::LowerHalf(half, term)));
    upper_ = hn::Add(upper_, hn::PromoteTo(Wide(), hn::UpperHalf(half, term)));
#endif
  }
  /// Returns the sums with `by` subtracted in each lane.
  HWY_INLINE FloatSum less(double by) const {
    FloatSum rest;
    rest.lower_ = hn::Sub(lower_, hn::Set(Wide(), by));
    if constexpr (hn::MaxLanes(LaneTag<F32Exp>()) > 1)
      rest.upper_ = hn::Sub(upper_, hn::Set(Wide(), by));
    return rest;
  }
  /// Returns the sum of all lanes, in units of the tail.
  HWY_INLINE Pair total(double table_factor) const {
    const double sum = hn::GetLane(hn::SumOfLanes(Wide(), hn::Add(lower_, upper_)));
    return exactly(sum * in_tail_unit(table_factor));
  }
  /// Writes the sum of each lane, in units of the tail.
  HWY_INLINE void store(double table_factor, double* sums) const {
    const WideVec unit = hn::Set(Wide(), in_tail_unit(table_factor));
    hn::Store(hn::Mul(lower_, unit), Wide(), sums);
#if HWY_TARGET != HWY_SCALAR
    hn::Store(hn::Mul(upper_, unit), Wide(), sums + lanes(Wide()));
#endif
  }

 private:
  WideVec lower_, upper_;
};

/// Sums terms of one float. It takes an even number of vectors at a time.
template <>
class TermSum<F32Exp> {
  using V = LaneVec<F32Exp>;
  static constexpr double table_factor = F32Exp::table_factor<table_size>;

 public:
  HWY_INLINE TermSum() {}  // NOLINT(modernize-use-equals-default): for the target
  template <std::size_t N>
  HWY_INLINE void add(const V (&term)[N]) {
    for (std::size_t n = 0; n < N; n += 2) sum_.add(hn::Add(term[n], term[n + 1]));
  }
  HWY_INLINE Pair total() const { return sum_.total(table_factor); }
  HWY_INLINE void store(double* sums) const { sum_.store(table_factor, sums); }

 private:
  FloatSum sum_;
};

/// Sums terms in pairs. The low parts of one add() are added to 2^-115 (`keeps_normal`), because
/// alone they may be subnormal; terms() subtracts it again, once for each add().
template <>
class TermSum<F32PairExp> {
  using V = LaneVec<F32PairExp>;
  static constexpr double table_factor = F32PairExp::table_factor<table_size>;
  static constexpr float keeps_normal = 0x1p-115F;

 public:
  HWY_INLINE TermSum() {}  // NOLINT(modernize-use-equals-default): for the target
  template <std::size_t N>
  HWY_INLINE void add(const V (&power)[N], const V (&s)[N]) {
    V low = hn::Set(hn::DFromV<V>(), keeps_normal);
    XENT_FOR_EACH_VECTOR(n) sum_.add(power[n]);
    XENT_FOR_EACH_VECTOR(n) low = hn::MulAdd(s[n], power[n], low);
    sum_.add(low);
    ++adds_;
  }
  HWY_INLINE Pair total() const { return terms().total(table_factor); }
  HWY_INLINE void store(double* sums) const { terms().store(table_factor, sums); }

 private:
  HWY_INLINE FloatSum terms() const {
    return sum_.less(static_cast<double>(adds_) * double{keeps_normal});
  }

  FloatSum sum_;
  std::int64_t adds_ = 0;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
