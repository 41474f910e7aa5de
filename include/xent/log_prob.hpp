// SPDX-License-Identifier: MIT
// The log-probability z of a class where no logits are given, and its slope:
//
//   log-probabilities   z = x,       dz / dx = 1
//   probabilities       z = log x,   dz / dx = 1 / x
//   clipped to [E, 1 - E]            z = log E for x < E, log(1 - E) for x > 1 - E, dz / dx = 0
//
// Why it is safe: 1 - x is exact where it is compared with E <= 1/4, and log(1 - E) is log1p(-E),
// which loses no bit of a small E. A probability of 0 has z = -inf and the slope inf; of a negative
// one and of NaN both are NaN, but those that are clipped.
//
// Error: that of the C library's log, and one rounding of the slope. Proof: docs/error_bounds.md,
// lemma 85 (given log-probabilities and probabilities).
#pragma once

#include <cmath>
#include <limits>

#include <xent/problem.hpp>

namespace xent {

/// Tells whether log-probabilities or probabilities are given, which nothing normalises.
constexpr bool is_given(const Options& options) { return options.input != Input::logits; }

/// Returns z of x, computed in its type A, double or long double.
template <class A>
A log_prob(const Options& options, A x) noexcept {
  if (options.input == Input::log_probs) return x;
  const auto e = static_cast<A>(options.clip);
  if (options.clip != 0 && x < e) return std::log(e);
  if (options.clip != 0 && 1 - x < e) return std::log1p(-e);
  return std::log(x);
}

/// Returns dz / dx at x.
template <class A>
A log_prob_slope(const Options& options, A x) noexcept {
  if (std::isnan(x)) return x;
  if (options.input == Input::log_probs) return 1;
  const auto e = static_cast<A>(options.clip);
  if (options.clip != 0 && (x < e || 1 - x < e)) return 0;
  return x < 0 ? std::numeric_limits<A>::quiet_NaN() : 1 / std::fabs(x);
}

}  // namespace xent
