// SPDX-License-Identifier: MIT
// The domain of the accurate forms: sparse, widened, simd, faithful. Proof: docs/error_bounds.md,
// lemma 8 (products stay finite).
#pragma once

#include <cstddef>

#include <xent/contract.hpp>

namespace xent::impl {

/// The largest number of classes for which the sums of the accurate forms are proved (lemmas 33,
/// 58).
inline constexpr std::ptrdiff_t accurate_classes = std::ptrdiff_t{1} << 26;

/// Returns the domain in which the accurate forms' bounds hold for results of T. f64 is computed in
/// pairs of doubles, which have no more range than T: so weights and probabilities are limited.
template <class T>
constexpr Domain accurate_domain() {
  if (sizeof(T) < 8)
    return {
        .max_classes = accurate_classes, .min_label_smoothing = 0x1p-100, .min_z_loss = 0x1p-100};
  return {.max_classes = accurate_classes,
          .min_weight = 0x1p-64,
          .max_weight = 0x1p64,
          .max_prob = 0x1p64,
          .min_label_smoothing = 0x1p-100,
          .min_z_loss = 0x1p-100};
}

}  // namespace xent::impl
