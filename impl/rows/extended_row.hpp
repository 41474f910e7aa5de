// SPDX-License-Identifier: MIT
// The sum of a row's exponentials with an exponent of its own, and the log-sum-exp from it:
//
//   S 2^N = sum_j exp(x_j),   lse = log S + N log 2
//
// Error: docs/error_bounds.md, lemmas 24 and 26 (the aligned sum; gradient and log-sum-exp of
// two_pass).
#pragma once

#include <cmath>
#include <cstddef>

#include <xent/element.hpp>
#include <xent/view.hpp>

#include "impl/arithmetic/extended_exp.hpp"
#include "impl/arithmetic/pair.hpp"
#include "impl/arithmetic/scaled_pair.hpp"
#include "impl/driver/row_functions.hpp"

namespace xent::impl {

/// Returns S 2^N of the row, in the type A of the arithmetic.
template <class A, class Row>
Extended<A> sum_of_exp(Row x) noexcept {
  Extended<A> s;
  for (std::ptrdiff_t j = 0; j < x.size; ++j) s = sum(s, extended_exp(A{x[j]}));
  return s;
}

/// Returns lse = log S + N log 2; N log 2 is a pair.
template <class A>
Pair extended_lse(const Extended<A>& s) noexcept {
  constexpr Pair log_2 = {log_2_high<double>, log_2_low<double>};
  const Pair log_power = mul(log_2, exactly(static_cast<double>(s.exponent)));
  return lse_of(static_cast<double>(std::log(s.mantissa)), ScaledPair{log_power});
}

}  // namespace xent::impl
