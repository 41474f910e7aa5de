// SPDX-License-Identifier: MIT
// The tail of a row of f64 whose terms lie so low that lanes raise them (simd/exp-inl.hpp), by the
// C library in long double:
//
//   tail = sum_{j != a} exp(x_j - o) 2^(256 - M),   a the first argmax
//
// Error: 2^-62 of the tail, and 2^-1074 of its unit a term. Proof: docs/error_bounds.md,
// "Coefficients and weights".
#pragma once

#include <algorithm>
#include <cstddef>

#include <xent/view.hpp>

#include "impl/pair.hpp"
#include "impl/row_state.hpp"

namespace xent::impl {

/// The same tail as that of `state`, a number, in its unit.
inline Pair low_tail(VectorView<const double> x, const RowState& state) noexcept {
  constexpr std::ptrdiff_t block = 1024;  // bounds the second-order error of the compensated sum
  bool is_left_out = false;
  Pair tail;
  for (std::ptrdiff_t begin = 0; begin < x.size; begin += block) {
    CompensatedSum sum;
    for (std::ptrdiff_t j = begin; j < std::min(begin + block, x.size); ++j) {
      if (!is_left_out && x[j] == state.m) {
        is_left_out = true;
        continue;
      }
      const Pair term = term_in_unit<double>(x[j], state.unit);
      sum.add_term(term.hi, term.lo);
    }
    tail = add(tail, sum.total());
  }
  return tail;
}

}  // namespace xent::impl
