// SPDX-License-Identifier: MIT
// Computes exp(x - o) 2^(S - M) in f32 lanes, as power (1 + s), in the unit exp(o) 2^M of a row,
// with a table of the powers 2^(i/size), size being 8 with AVX2, else 16:
//
//   k = round((x - o) size / log 2) / size,  r = (x - o) - k log 2,  s = exp(r) - 1 = r + r^2 q(r)
//   power = 2^(k - M + S) = 2^n T_i,  i = (k mod 1) size
//
// The maximum is not subtracted: its exponent M enters the power, where it costs nothing, and the
// unit is divided out of the sum once. So the term depends on x alone, and its error over all x of
// f32 is known by exhaustion.
//
// power is a float: the bits of k, shifted, hold n in the exponent field, and i is their lowest
// bits before the shift. T_i is 2^(i/size) rounded: kinds in pairs add what the rounding lost to s,
// others scale all powers by a constant (`table_factor`) for which the rounding loses little. A
// gradient has t T_i in the place of T_i, so the factor t costs no operation: power (1 + s) is then
// a component, rounded once.
//
// Why it is safe: x - o is exact. Where m is in [least_plain, largest_plain], o is 0, and 2^-38
// (`nudge`) is added to x, so that no operation has a subnormal number. Else o is in [m - 280, m],
// and each x that counts is within a factor 2 of it (Sterbenz). k high is exact, and so is
// (x - o) - k high. An x below the least power is clamped to it, and so is -inf; NaN stays NaN.
// 2^31 clamped terms are less than half of the smallest subnormal number of f32, also times a
// factor of 2^32 (`largest_factor_of_sum`).
//
// Error of a term: as one float 1.34 u, as a pair 0.22 u, on every target. Proof:
// docs/error_bounds.md, lemmas 53 and 54 (the exponential of f32); exhaustively in
// tests/impl/simd/math/exp_exhaustive_test.cpp.
//
// Source: Tang, "Table-driven implementation of the exponential function", ACM TOMS 15 (1989); Gal
// & Bachelis, ACM TOMS 17 (1991): tables that happen to be accurate.
//
// More than 150 lines: one class, and a head that has all that its proof starts from.

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

/// Computes exp(x - o) 2^(shift - M) in f32 lanes, for the unit exp(o) 2^M of a row, times the
/// factor that the powers of the table have.
template <Exponential Exp>
requires std::is_same_v<typename Exp::Lane, float>
class ExpInUnit<Exp> {
  using D = hn::ScalableTag<float>;
  using V = hn::Vec<D>;
  using Bits = hn::RebindToUnsigned<D>;
  using Constants = TableConstants<table_size>;
  static constexpr int exponent_bias = 127;
  static constexpr float round_to_index = 0x1.8p23F / table_size;  // sums have 1/size as last place

 public:
  HWY_INLINE ExpInUnit(const TermUnit& unit, int shift, const PowerTable& table = powers_alone<Exp>)
      : ExpInUnit(static_cast<float>(unit.origin), hn::Set(D(), static_cast<float>(unit.exponent)),
                  shift, table) {}

  /// Takes the exponent M of each lane, and the origin of all, 0 where there is none. It keeps a
  /// pointer to the table.
  HWY_INLINE ExpInUnit(float origin, V exponent, int shift,
                       const PowerTable& table = powers_alone<Exp>)
      : origin_(hn::Set(D(), origin == 0 ? -Exp::nudge : origin)),
        lowest_(hn::MulAdd(exponent, hn::Set(D(), 0x1.62e43p-1F), hn::Set(D(), lowest(shift)))),
        round_(hn::Sub(hn::Set(D(), round_to_index + static_cast<float>(exponent_bias + shift)),
                       exponent)),
        table_(&table) {}

  /// Returns the smallest x of lane 0 that needs no clamp, or +inf if the unit has an origin.
  HWY_INLINE float least_within() const {
    const bool has_origin = hn::GetLane(origin_) != -Exp::nudge;
    return has_origin ? std::numeric_limits<float>::infinity() : hn::GetLane(lowest_);
  }

  /// Computes power[n] and overwrites x[n] with s, where power (1 + s) is the term of x[n].
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

  /// Replaces x[n] by its term power (1 + s), rounded once.
  template <Reach reach, std::size_t N>
  HWY_INLINE void to_terms(V (&x)[N]) const {
    V power[N];
    factors<reach>(x, power);
    XENT_FOR_EACH_VECTOR(n) x[n] = hn::MulAdd(x[n], power[n], power[n]);
  }

  /// Replaces x[n] by the power and writes s[n]: the term is x (1 + s).
  template <Reach reach, std::size_t N>
  HWY_INLINE void to_parts(V (&x)[N], V (&s)[N]) const {
    V power[N];
    factors<reach>(x, power);
    XENT_FOR_EACH_VECTOR(n) s[n] = x[n];
    XENT_FOR_EACH_VECTOR(n) x[n] = power[n];
  }

 private:
  /// Returns the least x - o, without M, whose power is a normal number; `scale` is the shift.
  static float lowest(int scale) {
    return static_cast<float>((1.25 - exponent_bias - scale) * 0x1.62e42fefa39efp-1);
  }

  /// Computes q[n] = q(r[n]), by Horner's rule.
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
