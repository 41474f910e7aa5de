// SPDX-License-Identifier: MIT
// DoubleWord: a real number as the unevaluated sum of two numbers of A, |lo| <= ulp(hi) / 2. What
// impl/arithmetic/pair.hpp is in double, in the arithmetic of the elements.
//
// Error: with u that of A, 3 u^2 relative for sums of one sign, 16 u^2 for products and quotients,
// where nothing underflows or overflows. Proof: docs/error_bounds.md, lemma 2 (double words).
//
// Source: Joldes, Muller & Popescu, "Tight and rigorous error bounds for basic building blocks of
// double-word arithmetic", ACM TOMS 44 (2017).
#pragma once

#include <cmath>

#include "impl/arithmetic/pair.hpp"

namespace xent::impl {

template <class A>
struct DoubleWord {
  A hi = 0;
  A lo = 0;
};

/// a + b, exact unless it overflows.
template <class A>
DoubleWord<A> exact_sum(A a, A b) noexcept {
  const A sum = a + b;
  const A b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// a + b for |a| >= |b| or a = 0.
template <class A>
DoubleWord<A> exact_fast_sum(A a, A b) noexcept {
  const A sum = a + b;
  return {sum, b - (sum - a)};
}

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

template <class A>
DoubleWord<A> operator*(DoubleWord<A> a, DoubleWord<A> b) noexcept {
  const A product = a.hi * b.hi;
  const A rest = std::fma(a.hi, b.hi, -product);
  return exact_fast_sum(product, rest + (a.hi * b.lo + a.lo * b.hi));
}

/// a b, rounded once; as IEEE 754 multiplies where that overflows.
template <class A>
A rounded_product(DoubleWord<A> a, DoubleWord<A> b) noexcept {
  const A product = a.hi * b.hi;
  if (!std::isfinite(product)) return product;
  return product + (std::fma(a.hi, b.hi, -product) + (a.hi * b.lo + a.lo * b.hi));
}

/// 1 / a
template <class A>
DoubleWord<A> reciprocal(DoubleWord<A> a) noexcept {
  const A r = 1 / a.hi;
  return exact_fast_sum(r, r * (std::fma(-r, a.hi, A{1}) - r * a.lo));
}

/// A multiple by a power of two, exact unless it underflows.
template <class A>
DoubleWord<A> scaled(DoubleWord<A> a, A power_of_two) noexcept {
  return {a.hi * power_of_two, a.lo * power_of_two};
}

/// The same number.
template <class A>
Pair pair_of(DoubleWord<A> a) noexcept {
  return {static_cast<double>(a.hi), static_cast<double>(a.lo)};
}

}  // namespace xent::impl
