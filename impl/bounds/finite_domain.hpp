// SPDX-License-Identifier: MIT
// The domain in which nothing that a row adds up leaves the range of the arithmetic: no difference
// of logits, no product of weight, probability and difference, no sum of C of them. So a result is
// infinite only where the exact one is. Proof: docs/error_bounds.md, lemma 22 (the domain of the
// shifted forms).
#pragma once

#include <xent/contract.hpp>

#include "impl/bounds/textbook_bounds.hpp"

namespace xent::impl {

/// Returns the domain for arithmetic in A: C max_weight max_prob 2 max_logit is below 2^124 in f32,
/// 2^692 in f64.
template <class A>
constexpr Domain finite_domain() {
  constexpr bool narrow = sizeof(A) == 4;
  constexpr double logit = narrow ? 0x1p40 : 0x1p512;
  constexpr double weight = narrow ? 0x1p40 : 0x1p64;
  return {.min_logit = -logit,
          .max_logit = logit,
          .max_classes = textbook_classes<A>,
          .min_weight = 1 / weight,
          .max_weight = weight,
          .max_prob = narrow ? 0x1p20 : 0x1p64,
          .min_label_smoothing = 0x1p-100,
          .min_z_loss = 0x1p-100};
}

}  // namespace xent::impl
