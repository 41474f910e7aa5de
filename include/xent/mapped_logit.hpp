// SPDX-License-Identifier: MIT
// The mapping of logits by a softcap s and a temperature T, and its slope:
//
//   z = f(x) = s tanh(x / s) / T,   f'(x) = (1 / cosh(x / s))^2 / T
//
// Why it is safe: tanh does not overflow. The slope multiplies in double or in a wider type, by one
// root after the other, so that neither the root nor what it multiplies leaves the range before the
// product does. Infinities and NaN stay what they are: -inf means that there is no such class.
//
// Error of z, with u the unit roundoff of the type A and in u of itself: 2.5 with a temperature
// alone, 12 with a softcap. Of f': 18 + 5 |x| / s. Numbers below the normal ones err by more,
// absolutely. Proof: docs/error_bounds.md, lemma 83 (mapped logits).
#pragma once

#include <cmath>

#include <xent/log_prob.hpp>
#include <xent/problem.hpp>

namespace xent {

/// Tells whether the options map the logits at all.
constexpr bool maps_logits(const Options& options) {
  return (options.temperature != 0 && options.temperature != 1) || options.softcap != 0;
}

/// Returns z of the logit x, computed in its type A, float, double or long double; where x is no
/// logit, its log_prob().
template <class A>
A mapped_logit(const Options& options, A x) noexcept {
  if (is_given(options)) return log_prob(options, x);
  if (options.softcap != 0 && std::isfinite(x)) {
    const auto s = static_cast<A>(options.softcap);
    x = s * std::tanh(x / s);
  }
  return options.temperature == 0 ? x : x / static_cast<A>(options.temperature);
}

/// Returns 1 / cosh(x / s), whose square is the slope of the softcap at the logit x; 1 without a
/// softcap, and where x is not finite.
template <class A>
A softcap_root(const Options& options, A x) noexcept {
  if (options.softcap == 0 || !std::isfinite(x)) return 1;
  return 1 / std::cosh(x / static_cast<A>(options.softcap));
}

/// Returns |x| / s of a finite x for a softcap s, but 2^20 for all larger ones, whose slopes are
/// below the smallest number of every type.
inline double softcap_argument(const Options& options, double x) noexcept {
  if (options.softcap == 0 || !std::isfinite(x)) return 0;
  return std::fmin(std::fabs(x) / options.softcap, 0x1p20);
}

/// Returns 1 / T, and 1 without a temperature.
constexpr double per_temperature(const Options& options) noexcept {
  return options.temperature == 0 ? 1 : 1 / options.temperature;
}

/// Returns f'(x), 1 / T where x is not finite; where x is no logit, its log_prob_slope().
template <class A>
A mapped_slope(const Options& options, A x) noexcept {
  if (is_given(options)) return log_prob_slope(options, x);
  const A root = softcap_root(options, x);
  return options.temperature == 0 ? root * root : root * root / static_cast<A>(options.temperature);
}

}  // namespace xent
