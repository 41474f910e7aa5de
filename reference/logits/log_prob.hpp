// SPDX-License-Identifier: MIT
// Encloses the log-probability z of a class where no logits are given, as include/xent/log_prob.hpp
// defines it.
#pragma once

#include <xent/problem.hpp>

#include "reference/exact.hpp"

namespace xent::reference {

/// Returns z of x. It is open where it is the logarithm of a rational number other than 1, which is
/// irrational (Lindemann). Instantiated for the numbers of number.hpp.
template <class N>
Exact<N> enclosed_log_prob(const Options& options, double x);

}  // namespace xent::reference
