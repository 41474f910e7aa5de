// SPDX-License-Identifier: MIT
// What a softcap s and a temperature T make of logits, in the ball arithmetic of Arb, with no code
// of the first method.
#pragma once

#include <xent/problem.hpp>

#include "reference/numbers/arb_real.hpp"

namespace xent::reference {

/// Returns z = s tanh(x / s) / T of a finite x.
Real defined_logit(const Options& options, double x, long bits);

/// Returns dz / dx = sech(x / s)^2 / T; 1 / T where x is -inf.
Real defined_slope(const Options& options, double x, long bits);

}  // namespace xent::reference
