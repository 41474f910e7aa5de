// SPDX-License-Identifier: MIT
// Computes exp(x - o) 2^(S - M) in double lanes, as power (1 + s), in the unit exp(o) 2^M of a row:
//
//   k = round((x - o) / log 2),  r = (x - o) - k log 2,  s = exp(r) - 1 = r + r^2 q(r)
//   power = 2^(k - M + S)
//
// The maximum is not subtracted: its exponent M enters the power, where it costs nothing, and the
// unit is divided out of the sum once.
//
// Why it is safe: x - o is exact. Where m is in [least_plain, largest_plain], o is 0, and 2^-400
// (`nudge`) is added to x, so that no operation has a subnormal number; a term changes by 2^-400 of
// itself. Else o is in [m - 280, m], and each x that counts is within a factor 2 of it (Sterbenz).
// log 2 is the sum of two numbers, high and low. k high is exact, and so is (x - o) - k high, a
// multiple of the last place of 1/2 that is below 1/2; r is rounded once. An x below the least
// power is clamped to it, and so is -inf; NaN stays NaN. 2^31 clamped terms are less than half of
// the smallest subnormal number, also times a factor of 2^64 (`largest_factor_of_sum`).
//
// Error of a term, relative:
//
//   F64Exp     power + s power, rounded        1.49 u
//   PairExp    power (1 + s) in two parts      0.23 u
//   WideExp    power + s power, f32 logits     2^-28.1
//
// Proof: docs/error_bounds.md, lemmas 49 to 52 (the exponential in double lanes); WideExp also
// exhaustively, in tests/impl/simd/math/exp_exhaustive_test.cpp.
//
// Source: Cody & Waite, "Software Manual for the Elementary Functions", 1980 (two-part log 2);
// Dukhan & Ablavatski, arXiv:2001.04438 (sums by exponent).

#if defined(XENT_IMPL_SIMD_MATH_EXP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_EXP_INL
#undef XENT_IMPL_SIMD_MATH_EXP_INL
#else
#define XENT_IMPL_SIMD_MATH_EXP_INL
#endif

#include <cstddef>

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"
#include "impl/simd/math/exp_series-inl.hpp"
#include "impl/simd/math/exponential-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Computes exp(x - o) 2^(shift - M) in double lanes, for the unit exp(o) 2^M of a row.
template <Exponential Exp>
class ExpInUnit {
  using D = hn::ScalableTag<double>;
  using V = hn::Vec<D>;
  using Bits = hn::RebindToUnsigned<D>;
  static constexpr int exponent_bias = 1023;
  static constexpr int least_power = -950;
  static constexpr double round_to_integer = 0x1.8p52;  // a sum with it has 1 as its last place

 public:
  HWY_INLINE ExpInUnit(const TermUnit& unit, int shift)
      : ExpInUnit(unit.origin, hn::Set(D(), static_cast<double>(unit.exponent)), shift) {}

  /// Takes the exponent M of each lane, and the origin of all, 0 where there is none.
  HWY_INLINE ExpInUnit(double origin, V exponent, int shift)
      : origin_(hn::Set(D(), origin == 0 ? -Exp::nudge : origin)),
        lowest_(
            hn::MulAdd(exponent, hn::Set(D(), 0x1.62e42fefa39efp-1), hn::Set(D(), lowest(shift)))),
        round_(hn::Sub(hn::Set(D(), round_to_integer + (exponent_bias + shift)), exponent)) {}

  /// Computes power[n] and s[n], where power (1 + s) is the term of x[n]; x is overwritten.
  template <Reach reach, std::size_t N>
  HWY_INLINE void factors(V (&x)[N], V (&power)[N], V (&s)[N]) const {
    const D tag;
    V k[N];
    reduce<reach>(x, power, k);
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::NegMulAdd(k[n], hn::Set(tag, Exp::log_2_low), x[n]);
    exp_series<Exp>(x, k, s);
    XENT_FOR_EACH_VECTOR(n) s[n] = hn::MulAdd(k[n], s[n], x[n]);
  }

  /// Computes power[n], one[n] and s[n], where power (one + s) is the term of x[n]: one + s is
  /// exp(r) in two parts, |s| < 0.07, with what the rounding of 1 + r drops in s. x is overwritten.
  template <Reach reach, std::size_t N>
  HWY_INLINE void factor_pairs(V (&x)[N], V (&power)[N], V (&one)[N], V (&s)[N]) const {
    const D tag;
    reduce<reach>(x, power, s);  // x is r but for the low part of log 2
    XENT_FOR_EACH_VECTOR(n) s[n] = hn::Mul(s[n], hn::Set(tag, -Exp::log_2_low));
    exp_in_parts<Exp>(x, s, one);
  }

  /// Replaces x[n] by its term power (1 + s), rounded once.
  template <Reach reach, std::size_t N>
  HWY_INLINE void to_terms(V (&x)[N]) const {
    V power[N], s[N];
    factors<reach>(x, power, s);
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::MulAdd(s[n], power[n], power[n]);
  }

  /// Replaces x[n] by the high part of its term, and writes the low part to low[n].
  template <Reach reach, std::size_t N>
  HWY_INLINE void to_parts(V (&x)[N], V (&low)[N]) const {
    V power[N], one[N];
    factor_pairs<reach>(x, power, one, low);
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::Mul(one[n], power[n]);
    XENT_FOR_EACH_VECTOR(n) low[n] = hn::Mul(low[n], power[n]);
  }

  /// Replaces x by (x - o) - k high, exactly, and computes k and power = 2^(k - M + shift). With
  /// Reach::any a lower x - o is clamped first.
  template <Reach reach, std::size_t N>
  HWY_INLINE void reduce(V (&x)[N], V (&power)[N], V (&k)[N]) const {
    const D tag;
    const Bits bits;
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::Sub(x[n], origin_);
    if constexpr (reach == Reach::any) {
      XENT_FOR_EACH_VECTOR(n) x[n] = larger(x[n], lowest_);
    }
    XENT_FOR_EACH_VECTOR(n) k[n] = hn::MulAdd(x[n], hn::Set(tag, Exp::log2_e), round_);
    XENT_FOR_EACH_VECTOR(n) {
      power[n] = hn::BitCast(tag, hn::ShiftLeft<52>(hn::BitCast(bits, k[n])));
    }
    XENT_FOR_EACH_VECTOR(n) k[n] = hn::Sub(k[n], round_);  // exact
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::NegMulAdd(k[n], hn::Set(tag, Exp::log_2_high), x[n]);
  }

  /// Tells in which lanes reduce<Reach::any>() clamps x, for a unit without an origin.
  HWY_INLINE hn::Mask<D> is_clamped(V x) const { return hn::Lt(x, lowest_); }

 private:
  /// Returns the least x - o, without M, for whose power products and the errors of sums are normal
  /// numbers; `scale` is the shift.
  static double lowest(int scale) { return (least_power + 0.25 - scale) * 0x1.62e42fefa39efp-1; }

  V origin_, lowest_, round_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
