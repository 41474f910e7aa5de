// SPDX-License-Identifier: MIT
// The domain of the accurate forms. Proof: docs/error_bounds.md, lemma 8 (products stay finite).
#pragma once

#include <xent/contract.hpp>

namespace xent::impl {

/// Where the accurate forms' bounds hold: in f64 nothing has more range than a pair, so that
/// factors have to leave it some.
template <class T>
constexpr Domain accurate_domain() {
  if (sizeof(T) < 8) return {.min_smoothing = 0x1p-100};
  return {
      .min_weight = 0x1p-64, .max_weight = 0x1p64, .max_prob = 0x1p64, .min_smoothing = 0x1p-100};
}

}  // namespace xent::impl
