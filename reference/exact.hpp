// SPDX-License-Identifier: MIT
// Exact: an exact value y, as far as a precision knows it.
#pragma once

#include "reference/interval.hpp"

namespace xent::reference {

template <unsigned Digits>
struct Exact {
  Interval<Digits> value;  // holds y; meaningless where `special` is not 0
  Interval<Digits> size;   // |y|; of a gradient component, |its first term| + |its second term|
  double special = 0;      // NaN or inf where the policy answers that, else 0
  bool open = false;       // y is neither end of `value` (it is transcendental)
};

/// The precisions, in decimal digits: doubled until the question asked is decided, or the last is
/// reached. The first decides nearly every row of floats or doubles; the last holds any sum of
/// doubles exactly.
inline constexpr unsigned first_digits = 28;
inline constexpr unsigned last_digits = 896;

/// F(digits) for each of them, to instantiate.
#define XENT_FOR_EACH_PRECISION(F) F(28) F(56) F(112) F(224) F(448) F(896)

}  // namespace xent::reference
