// SPDX-License-Identifier: MIT
// A DoubleWord is a real number as the unevaluated sum of two numbers of A, |lo| <= ulp(hi) / 2. It
// is in the arithmetic of the elements what a Pair (impl/arithmetic/pair.hpp) is in double.
//
// Error, relative, with u that of A: 3 u^2 for sums, also where they cancel; 16 u^2 for products
// and reciprocals, where nothing underflows or overflows. Proof: docs/error_bounds.md, lemma 2
// (double words).
//
// Source: Joldes, Muller & Popescu, "Tight and rigorous error bounds for basic building blocks of
// double-word arithmetic", ACM TOMS 44 (2017).
#pragma once

#include <cmath>

#include "impl/arithmetic/pair.hpp"

namespace xent::impl {

/// The number hi + lo.
template <class A>
struct DoubleWord {
  A hi = 0;
  A lo = 0;
};

/// Returns a + b, exactly unless it overflows (two-sum).
template <class A>
DoubleWord<A> exact_sum(A a, A b) noexcept {
  const A sum = a + b;
  const A b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// Returns a + b, exactly unless it overflows, for |a| >= |b| or a = 0 (fast two-sum).
template <class A>
DoubleWord<A> exact_fast_sum(A a, A b) noexcept {
  const A sum = a + b;
  return {sum, b - (sum - a)};
}

/// Returns a + b with a relative error of 3 u^2, also where it cancels.
template <class A>
DoubleWord<A> operator+(DoubleWord<A> a, DoubleWord<A> b) noexcept {
  const DoubleWord<A> high = exact_sum(a.hi, b.hi);
  const DoubleWord<A> low = exact_sum(a.lo, b.lo);
  const DoubleWord<A> sum = exact_fast_sum(high.hi, high.lo + low.hi);
  return exact_fast_sum(sum.hi, sum.lo + low.lo);
}

template <class A>
DoubleWord<A> operator-(DoubleWord<A> a) noexcept {
  return {-a.hi, -a.lo};
}

/// Returns a b with a relative error of 16 u^2, where nothing underflows or overflows.
template <class A>
DoubleWord<A> operator*(DoubleWord<A> a, DoubleWord<A> b) noexcept {
  const A product = a.hi * b.hi;
  const A rest = std::fma(a.hi, b.hi, -product);
  return exact_fast_sum(product, rest + (a.hi * b.lo + a.lo * b.hi));
}

/// Returns a b as one number of A, rounded once but for second-order terms; where a.hi b.hi is not
/// finite, that product.
template <class A>
A rounded_product(DoubleWord<A> a, DoubleWord<A> b) noexcept {
  const A product = a.hi * b.hi;
  if (!std::isfinite(product)) return product;
  return product + (std::fma(a.hi, b.hi, -product) + (a.hi * b.lo + a.lo * b.hi));
}

/// Returns 1 / a.
template <class A>
DoubleWord<A> reciprocal(DoubleWord<A> a) noexcept {
  const A r = 1 / a.hi;
  return exact_fast_sum(r, r * (std::fma(-r, a.hi, A{1}) - r * a.lo));
}

/// Returns a times a power of two, exactly unless it overflows or underflows.
template <class A>
DoubleWord<A> scaled(DoubleWord<A> a, A power_of_two) noexcept {
  return {a.hi * power_of_two, a.lo * power_of_two};
}

/// Returns the same number as a Pair; A is float or double.
template <class A>
Pair pair_of(DoubleWord<A> a) noexcept {
  return {static_cast<double>(a.hi), static_cast<double>(a.lo)};
}

}  // namespace xent::impl
