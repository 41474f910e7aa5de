// SPDX-License-Identifier: MIT
// exp(x - o) 2^(S - M) in f32 lanes, as power (1 + s), in the unit exp(o) 2^M of a row, with a
// table of the powers of 2^(1/size), size being 16, or 8 where a vector holds 8 floats:
//
//   k = round((x - o) size / log 2) / size,  r = (x - o) - k log 2,  s = exp(r) - 1 = r + r^2 q(r)
//   power = 2^(k - M + S) = 2^n T_i,  i = (k mod 1) size
//
// The maximum is not subtracted: its exponent M enters the power, where it costs nothing, and the
// unit is divided out of the sum once. So the term depends on x alone, and its error over all x of
// f32 is known by exhaustion.
//
// power is a float: the bits of k hold n and i where the exponent field and the index are wanted.
// T_i is rounded; the kinds in pairs add what is lost to s, the others choose 2^(i/size) times a
// constant for which little is. A gradient takes t T_i for T_i, so the factor t costs no operation:
// power (1 + s) is then a component, rounded once.
//
// x - o is exact. Where m is in [least_plain, largest_plain], o is -2^-38, which leaves of
// subnormal logits normal numbers, and is nothing to others; else o is in [m - 280, m], and each x
// that counts is within a factor 2 of it (Sterbenz). k high is exact, and so is (x - o) - k high.
// What lies below the least power is raised to it: 2^31 such terms are less than half of the
// smallest subnormal number, also times a weight of 2^64. So is -inf; NaN stays NaN.
//
// Error of a term as one float 1.34 u, as a pair 0.22 u. Proof: docs/error_bounds.md, lemmas 53 and
// 54 (the exponential of f32); exhaustively in tests/impl/simd/exp_exhaustive_test.cpp.
//
// Source: Tang, "Table-driven implementation of the exponential function", ACM TOMS 15 (1989); Gal
// & Bachelis, ACM TOMS 17 (1991): tables that happen to be accurate.

#if defined(XENT_IMPL_SIMD_MATH_TABLE_EXP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef XENT_IMPL_SIMD_MATH_TABLE_EXP_INL
#undef XENT_IMPL_SIMD_MATH_TABLE_EXP_INL
#else
#define XENT_IMPL_SIMD_MATH_TABLE_EXP_INL
#endif

#include <cstddef>
#include <limits>

#include <hwy/highway.h>

#include "impl/rows/row_state.hpp"
#include "impl/simd/lanes/order-inl.hpp"
#include "impl/simd/lanes/vectors-inl.hpp"
#include "impl/simd/math/exp_constants.hpp"
#include "impl/simd/math/exponential-inl.hpp"
#include "impl/simd/math/power_table-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace xent::impl::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// What lanes need of a unit, times 2^shift, and of a factor whose powers are in the table.
template <class Exp>
requires std::is_same_v<typename Exp::Lane, float>
class ExpInUnit<Exp> {
  using D = hn::ScalableTag<float>;
  using V = hn::Vec<D>;
  using Bits = hn::RebindToUnsigned<D>;
  using Constants = TableConstants<table_size>;
  static constexpr int exponent_bias = 127;
  static constexpr float round_to_index = 0x1.8p23F / table_size;  // a sum has 1/size as last place

 public:
  HWY_INLINE ExpInUnit(const TermUnit& unit, int shift, const PowerTable& table = powers_alone<Exp>)
      : ExpInUnit(static_cast<float>(unit.origin), hn::Set(D(), static_cast<float>(unit.exponent)),
                  shift, table) {}

  /// Of a unit 2^M in each lane, and an origin or 0.
  HWY_INLINE ExpInUnit(float origin, V exponent, int shift,
                       const PowerTable& table = powers_alone<Exp>)
      : origin_(hn::Set(D(), origin == 0 ? -Exp::nudge : origin)),
        lowest_(hn::MulAdd(exponent, hn::Set(D(), 0x1.62e43p-1F), hn::Set(D(), lowest(shift)))),
        round_(hn::Sub(hn::Set(D(), round_to_index + static_cast<float>(exponent_bias + shift)),
                       exponent)),
        table_(&table) {}

  /// Whether no x >= this one is raised or has an origin taken away; +inf where one has.
  HWY_INLINE float least_within() const {
    const bool has_origin = hn::GetLane(origin_) != -Exp::nudge;
    return has_origin ? std::numeric_limits<float>::infinity() : hn::GetLane(lowest_);
  }

  /// power[n] (1 + x[n]), with x overwritten.
  template <Reach reach, std::size_t N>
  HWY_INLINE void factors(V (&x)[N], V (&power)[N]) const {
    const D tag;
    const Bits bits;
    V k[N], q[N];
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::Sub(x[n], origin_);
    if constexpr (reach == Reach::any) {
      XENT_FOR_EACH_VECTOR(n) x[n] = larger(x[n], lowest_);
    }
    XENT_FOR_EACH_VECTOR(n) k[n] = hn::MulAdd(x[n], hn::Set(tag, Exp::log2_e), round_);
    XENT_FOR_EACH_VECTOR(n) {
      const auto k_bits = hn::BitCast(bits, k[n]);
      power[n] = hn::BitCast(
          tag, hn::Add(hn::ShiftLeft<PowerTable::shift>(k_bits), look_up(table_->offset, k_bits)));
      if constexpr (Exp::in_pairs) q[n] = hn::BitCast(tag, look_up(table_->low, k_bits));
    }
    XENT_FOR_EACH_VECTOR(n) k[n] = hn::Sub(k[n], round_);  // exact
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::NegMulAdd(k[n], hn::Set(tag, Exp::log_2_high), x[n]);
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::NegMulAdd(k[n], hn::Set(tag, Exp::log_2_low), x[n]);
    if constexpr (Exp::in_pairs) {
      XENT_FOR_EACH_VECTOR(n) k[n] = hn::Add(x[n], q[n]);
    } else {
      XENT_FOR_EACH_VECTOR(n) k[n] = x[n];
    }
    series(x, q);
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::Mul(x[n], x[n]);
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::MulAdd(x[n], q[n], k[n]);
  }

  /// x[n] = power (1 + s), the sum rounded.
  template <Reach reach, std::size_t N>
  HWY_INLINE void to_terms(V (&x)[N]) const {
    V power[N];
    factors<reach>(x, power);
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::MulAdd(x[n], power[n], power[n]);
  }

  /// The same in two parts, x[n] being the power and s[n] the other.
  template <Reach reach, std::size_t N>
  HWY_INLINE void to_parts(V (&x)[N], V (&s)[N]) const {
    V power[N];
    factors<reach>(x, power);
    XENT_FOR_EACH_VECTOR(n) s[n] = x[n];
    XENT_FOR_EACH_VECTOR(n) x[n] = power[n];
  }

 private:
  /// The least x - o of a normal power.
  static float lowest(int scale) {
    return static_cast<float>((1.25 - exponent_bias - scale) * 0x1.62e42fefa39efp-1);
  }

  /// q(r).
  template <std::size_t N>
  static HWY_INLINE void series(const V (&r)[N], V (&q)[N]) {
    const D tag;
    constexpr int terms = sizeof(Constants::q) / sizeof(float);
    XENT_FOR_EACH_VECTOR(n) q[n] = hn::Set(tag, Constants::q[terms - 1]);
    _Pragma("GCC unroll 4") for (int i = terms - 2; i >= 0; --i) {
      XENT_FOR_EACH_VECTOR(n) q[n] = hn::MulAdd(q[n], r[n], hn::Set(tag, Constants::q[i]));
    }
  }

  V origin_, lowest_, round_;
  const PowerTable* table_;
};

}  // namespace xent::impl::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the guard of a per-target header
