// SPDX-License-Identifier: MIT
// The state of a row, or of a part of one: of a block, of what one thread reads, of a shard of the
// classes. With a one argmax of the elements,
//
//   m = x_a,   tail = sum_{j != a} exp(x_j - o) 2^(256 - M)
//
// in a unit exp(o) 2^M that each state chooses near exp(m). Merging two states adds to the tail of
// the one with the larger maximum the other's tail and the term of the other's maximum. Where the
// units differ by a power of two, that is exact but for the additions.
//
// Over the reals the merge is associative and commutative, and the state without elements is its
// identity. A part with no elements and one with only -inf have the same state: such a whole row
// has no loss, and beside other elements -inf adds nothing.
//
// Errors of a merge, relative:
//
//                                                     f32       f64
//   each addition                                     2^-100    2^-100
//   the term of the smaller maximum                   2^-51     2^-62
//   the other's tail, only where the origins differ   2^-51     2^-60.5
//
// Proof: docs/error_bounds.md, lemmas 28 to 31 (the state of a row).
//
// Source: Milakov & Gimelshein, "Online normalizer calculation for softmax", arXiv:1805.02867 (the
// merge); Dukhan & Ablavatski, "The two-pass softmax algorithm", arXiv:2001.04438 (powers of two).
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <type_traits>

#include "impl/arithmetic/pair.hpp"

namespace xent::impl {

/// The unit exp(o) 2^M of a state. Terms are kept in 2^-256 of it, so that none that counts
/// underflows.
struct TermUnit {
  double origin = 0;  // o
  int exponent = 0;   // M
};

/// Terms and tails are kept times 2^256.
inline constexpr int tail_exponent = 256;
inline constexpr double tail_scale = 0x1p256;

/// The maximum of a row, and the sum of its other terms in a unit.
struct RowState {
  double m = -std::numeric_limits<double>::infinity();
  TermUnit unit = {};
  Pair tail = {};

  /// False for a row with NaN or +inf, or without a finite logit: its loss and gradient are NaN.
  bool is_number() const noexcept { return std::isfinite(m) && !std::isnan(tail.hi); }
};

/// Returns (x - o) - M log 2 to 2^-100, relatively; -inf where its exponential is 0 in every type,
/// for x - o <= -2^15.
inline Pair log_in_unit(double x, const TermUnit& unit) noexcept {
  constexpr Pair log_2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
  const Pair distance = two_sum(x, -unit.origin);
  if (!(distance.hi > -0x1p15)) return exactly(-std::numeric_limits<double>::infinity());
  if (unit.exponent == 0 || !std::isfinite(distance.hi)) return distance;
  return add(distance, mul(log_2, exactly(-unit.exponent)));
}

/// Returns a exp(d), by the C library in a type wider than T. Error, relative: 2^-51 for f32; for
/// f64 11 x 2^-64 < 2^-60.5 (2^-61 for the exponential and three roundings of 2^-64), where d.lo
/// enters to first order. Lemma 28 counts 2^-62 for one exponential a row. An a of f32 is a.hi
/// alone.
template <class T>
Pair times_exp(Pair a, Pair d) noexcept {
  static_assert(std::numeric_limits<long double>::digits >= 64, "f64 needs a wider type");
  if (d.hi == 0 && d.lo == 0) return a;
  if constexpr (sizeof(T) < 8) {
    return exactly(a.hi * std::exp(d.hi));
  } else {
    using Wide = long double;
    const Wide exp = std::exp(Wide{d.hi});
    const Wide product = (Wide{a.hi} + Wide{a.lo}) * (exp + exp * Wide{d.lo});
    const auto hi = static_cast<double>(product);
    return {hi, static_cast<double>(product - Wide{hi})};
  }
}

/// Returns 2^n, for an n for which that is a normal number.
inline double power_of_2(int n) noexcept {
  return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52);
}

/// Returns the term of x in a tail: exp(x - o) 2^(256 - M).
template <class T>
Pair term_in_unit(double x, const TermUnit& unit) noexcept {
  const Pair d = log_in_unit(x, unit);
  return std::isfinite(d.hi) ? times_exp<T>(exactly(tail_scale), d) : Pair{};
}

/// Returns a sum of terms that is in the unit `from`, in the unit `to`.
template <class T>
Pair in_unit(Pair sum, const TermUnit& from, const TermUnit& to) noexcept {
  if (from.origin != to.origin) {
    const Pair rise = log_in_unit(from.origin, {to.origin, to.exponent - from.exponent});
    return std::isfinite(rise.hi) ? times_exp<T>(sum, rise) : Pair{};
  }
  const int power = from.exponent - to.exponent;
  if (std::abs(power) < 1000) return scale(sum, power_of_2(power));
  return {std::ldexp(sum.hi, power), std::ldexp(sum.lo, power)};
}

/// Returns the state of the elements of both. A tail that is NaN stays.
template <class T>
RowState merged(const RowState& first, const RowState& second) noexcept {
  if (std::isnan(first.tail.hi)) return first;
  if (std::isnan(second.tail.hi)) return second;
  const bool rises = second.m > first.m;
  RowState all = rises ? second : first;
  const RowState& other = rises ? first : second;
  if (!std::isfinite(all.m) || !std::isfinite(other.m)) return all;
  const Pair others = add(other.tail, term_in_unit<T>(other.m, other.unit));
  all.tail = add(all.tail, in_unit<T>(others, other.unit, all.unit));
  return all;
}

}  // namespace xent::impl
