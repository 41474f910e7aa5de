// SPDX-License-Identifier: MIT
// Two forms: targets as a one-hot matrix against targets as labels, as the classes grow.
//
//   bytes read:  one-hot  N C s + N C s      labels  N C s + 8 N      (s bytes per element)
#pragma once

#include "bench/plan.hpp"

namespace xent::bench {

/// The same 1.3 million f32 logits cut into rows of 10 to 50257 classes. The one-hot matrix goes to
/// the implementation `one_hot`, the labels to `sparse`, both to `simd`.
Plan two_forms(bool gradient);

}  // namespace xent::bench
