// SPDX-License-Identifier: MIT
// Computes components t exp(x) in lanes:
//
//   f32 lanes   exp(x) = 2^n T_i (1 + s):   the table has t T_i in the place of T_i, and the last
//                                           operation rounds the component once
//   f64 lanes   exp(x) = 2^n (1 + s):       2^n (t_hi + (s t_hi + t_lo)),   t = t_hi + t_lo
//
// Error: docs/error_bounds.md, lemmas 55, 61, 62 and 63 (the exponential of f32 with a factor;
// simd: gradient; faithful in f32 and 16 bits; faithful in f64).

#if defined(XENT_IMPL_SIMD_LABELS_GRADIENT_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_LABELS_GRADIENT_LANES_INL
#undef XENT_IMPL_SIMD_LABELS_GRADIENT_LANES_INL
#else
#define XENT_IMPL_SIMD_LABELS_GRADIENT_LANES_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/rows/row_loss.hpp"
#include "impl/simd/lanes/error_free-inl.hpp"
#include "impl/simd/lanes/lanes-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exponential-inl.hpp"
#include "impl/simd/math/gradient_scale-inl.hpp"
#include "impl/simd/math/power_table-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Computes components t exp(x) for a row, whose unit it takes, and its factor t. In double lanes t
/// multiplies 1 + s. Components come out times 2^gradient_exponent; where those of N vectors are
/// normal numbers one product undoes that, else unscaled_gradient() does.
template <class Exp>
class GradientLanes {
  using D = LaneTag<Exp>;
  using V = LaneVec<Exp>;

 public:
  GradientLanes(const WholeRow& row, Pair t) : GradientLanes(row, FactorOfTwo(t)) {}

  /// Replaces each x by t exp(x).
  template <std::size_t N>
  HWY_INLINE void to_gradient(V (&x)[N]) const {
    V power[N];
    V s[N];
    if constexpr (Exp::in_pairs) {
      V one[N];
      unit_.template factor_pairs<Reach::any>(x, power, one, s);
      XENT_FOR_EACH_VECTOR(n) {
        const auto product = two_prod(Wide(), hi_, one[n]);
        const V rest = hn::MulAdd(hi_, s[n], hn::MulAdd(lo_, one[n], product.lo));
        x[n] = hn::Add(product.hi, rest);
      }
    } else {
      unit_.template factors<Reach::any>(x, power, s);
      XENT_FOR_EACH_VECTOR(n) x[n] = hn::MulAdd(s[n], hi_, lo_);
      XENT_FOR_EACH_VECTOR(n) x[n] = hn::Add(hi_, x[n]);
    }
    V least = power[0];
    for (std::size_t n = 1; n < N; ++n) least = hn::Min(least, power[n]);
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::Mul(x[n], power[n]);
    if (hn::AllTrue(D(), hn::Ge(least, hn::Set(D(), 4 * Exp::least_normal_gradient)))) {
      XENT_FOR_EACH_VECTOR(n) x[n] = hn::Mul(x[n], hn::Set(D(), 1 / Exp::gradient_scale));
    } else {
      XENT_FOR_EACH_VECTOR(n) x[n] = unscaled_gradient<Exp>(x[n]);
    }
  }

 private:
  GradientLanes(const WholeRow& row, const FactorOfTwo& t)
      : unit_(row.unit, Exp::gradient_exponent + t.exponent),
        hi_(hn::Set(D(), t.factor.hi)),
        lo_(hn::Set(D(), t.factor.lo)) {}

  ExpInUnit<Exp> unit_;
  V hi_, lo_;
};

/// Computes the same in f32 lanes, where the powers of the table have the factor t. Where all
/// components of N vectors are normal numbers they are computed as they are, else times
/// 2^gradient_exponent.
template <class Exp>
requires std::is_same_v<typename Exp::Lane, float>
class GradientLanes<Exp> {
  using D = LaneTag<Exp>;
  using V = LaneVec<Exp>;

 public:
  GradientLanes(const WholeRow& row, Pair t) : GradientLanes(row, FactorOfTwo(t)) {}

  /// Replaces each x by t exp(x).
  template <std::size_t N>
  HWY_INLINE void to_gradient(V (&x)[N]) const {
    V least = x[0];
    for (std::size_t n = 1; n < N; ++n) least = hn::Min(least, x[n]);
    if (hn::AllTrue(D(), hn::Ge(least, least_normal_))) {
      as_it_is_.template to_terms<Reach::within>(x);
    } else {
      scaled_.template to_terms<Reach::any>(x);
      XENT_FOR_EACH_VECTOR(n) x[n] = unscaled_gradient<Exp>(x[n]);
    }
  }

 private:
  GradientLanes(const WholeRow& row, const FactorOfTwo& t)
      : table_(t.factor.hi),
        as_it_is_(row.unit, t.exponent, table_),
        scaled_(row.unit, t.exponent + Exp::gradient_exponent, table_),
        least_normal_(hn::Set(D(), as_it_is_.least_within())) {}

  PowerTable table_;
  ExpInUnit<Exp> as_it_is_, scaled_;
  V least_normal_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
