// SPDX-License-Identifier: MIT
// The state of a row, or of a part of one: a block, what one thread reads, a shard of the classes.
// With a one argmax of the elements,
//
//   m = x_a,   tail = sum_{j != a} exp(x_j - o) 2^(256 - M)
//
// in a unit exp(o) 2^M of the state's choice, near exp(m). Two states are merged by adding what
// each has besides the larger maximum: the tails and exp of the smaller maximum. Where the units
// differ by a power of two, that is exact but for the additions.
//
// Over the reals the merge is associative and commutative; states without elements are its
// identity. No elements and only -inf are one state: a row that ends so has no loss, and beside
// other elements -inf adds nothing.
//
// Error of a merge, relative to the tail: 2^-50 for f32, 2^-61 for f64, where origins differ, and
// that of one exponential of the smaller maximum alone; else 2^-100. Proof: docs/error_bounds.md,
// lemmas 28 to 31 (the state of a row).
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

/// What the terms of a sum are in units of, 2^-256 times that: no term that counts underflows.
struct TermUnit {
  double origin = 0;  // o
  int exponent = 0;   // M
};

inline constexpr int tail_exponent = 256;
inline constexpr double tail_scale = 0x1p256;

struct RowState {
  double m = -std::numeric_limits<double>::infinity();
  TermUnit unit = {};
  Pair tail = {};

  /// False for a row with NaN or +inf, or without a finite logit: its loss and gradient are NaN.
  bool is_number() const noexcept { return std::isfinite(m) && !std::isnan(tail.hi); }
};

/// (x - o) - M log 2 to 2^-100; -inf where the exponential of that is 0 in every type.
inline Pair log_in_unit(double x, const TermUnit& unit) noexcept {
  constexpr Pair log_2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
  const Pair distance = two_sum(x, -unit.origin);
  if (!(distance.hi > -0x1p15)) return exactly(-std::numeric_limits<double>::infinity());
  if (unit.exponent == 0 || !std::isfinite(distance.hi)) return distance;
  return add(distance, mul(log_2, exactly(-unit.exponent)));
}

/// a exp(d), by the C library in a type wider than T: to 2^-51 for f32, 2^-62 for f64.
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

/// 2^n for a normal result.
inline double power_of_2(int n) noexcept {
  return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52);
}

/// exp(x) in the unit of the tail.
template <class T>
Pair term_in_unit(double x, const TermUnit& unit) noexcept {
  const Pair d = log_in_unit(x, unit);
  return std::isfinite(d.hi) ? times_exp<T>(exactly(tail_scale), d) : Pair{};
}

/// A sum of terms in another unit.
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

/// The state of the elements of both.
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
