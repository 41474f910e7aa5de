// SPDX-License-Identifier: MIT
// A Pair is a real number as the unevaluated sum of two doubles, |lo| <= ulp(hi) / 2.
//
// The error-free transformations are Knuth's two-sum and the fused two-product. The relative error
// of add, mul and div is at most 2^-100 where no intermediate underflows or overflows. Proof:
// docs/error_bounds.md, lemmas 1 and 3 (pairs; compensated sums).
//
// Source: Joldes, Muller & Popescu, "Tight and rigorous error bounds for basic building blocks of
// double-word arithmetic", ACM TOMS 44 (2017).
#pragma once

#include <cmath>
#include <limits>

/// Marks a function of a few instructions that many instances of a kernel call once a row or more
/// often.
#define XENT_ALWAYS_INLINE [[gnu::always_inline]] inline

namespace xent::impl {

/// The number hi + lo. An infinite number or NaN is in hi.
struct Pair {
  double hi = 0;
  double lo = 0;
};

/// Returns a + b, exactly unless it overflows.
XENT_ALWAYS_INLINE Pair two_sum(double a, double b) noexcept {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// Returns a + b for |a| >= |b| or a = 0, exactly unless it overflows.
XENT_ALWAYS_INLINE Pair fast_two_sum(double a, double b) noexcept {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// Returns a b, exactly unless it overflows or underflows.
XENT_ALWAYS_INLINE Pair two_prod(double a, double b) noexcept {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

XENT_ALWAYS_INLINE Pair negate(Pair a) noexcept { return {-a.hi, -a.lo}; }

/// Returns a + b with a relative error of 2^-100, also where it cancels.
XENT_ALWAYS_INLINE Pair add(Pair a, Pair b) noexcept {
  const Pair high = two_sum(a.hi, b.hi);
  const Pair low = two_sum(a.lo, b.lo);
  const Pair sum = fast_two_sum(high.hi, high.lo + low.hi);
  return fast_two_sum(sum.hi, sum.lo + low.lo);
}

/// Returns a b with a relative error of 2^-100, where nothing underflows or overflows.
XENT_ALWAYS_INLINE Pair mul(Pair a, Pair b) noexcept {
  const Pair product = two_prod(a.hi, b.hi);
  return fast_two_sum(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi + a.lo * b.lo));
}

/// Returns a / b with a relative error of 2^-100, for b.hi != 0 and where nothing underflows or
/// overflows.
XENT_ALWAYS_INLINE Pair div(Pair a, Pair b) noexcept {
  const double quotient = a.hi / b.hi;
  const Pair rest = add(a, negate(mul(b, {quotient, 0})));
  return fast_two_sum(quotient, rest.hi / b.hi);
}

/// Sums many terms: `hi` is a recursive sum, `lo` the sum of the errors of its additions. After n
/// terms the error is at most (n 2^-53)^2 of the sum of magnitudes. Where the sum is infinite or
/// NaN, `hi` is that, and `lo` means nothing.
struct CompensatedSum {
  double hi = 0;
  double lo = 0;

  /// Adds value + correction, |correction| <= ulp(value).
  void add_term(double value, double correction = 0) noexcept {
    const Pair sum = two_sum(hi, value);
    hi = sum.hi;
    lo += sum.lo + correction;
  }
  Pair total() const noexcept { return std::isfinite(hi) ? two_sum(hi, lo) : Pair{hi, 0}; }
};

/// Returns a times a power of two, exactly unless it overflows or underflows.
inline Pair scale(Pair a, double power_of_two) noexcept {
  return {a.hi * power_of_two, a.lo * power_of_two};
}

/// Returns the double nearest to a. Where hi is below 2^-900 and above the least normal number, lo
/// may have been rounded itself (it may be subnormal), and must not decide: hi is taken, which is
/// the nearest already. Up to the least normal number hi + lo is exact.
inline double rounded(Pair a) noexcept {
  const double size = std::abs(a.hi);
  return size < 0x1p-900 && size > std::numeric_limits<double>::min() ? a.hi : a.hi + a.lo;
}

/// Returns the pair that is the double a, which may be infinite or NaN.
inline Pair exactly(double a) noexcept { return {a, 0}; }

}  // namespace xent::impl
