// SPDX-License-Identifier: MIT
// Sums the tail of a row of f64 whose terms lie so low that lanes clamp them
// (simd/math/exp-inl.hpp), with the C library's exponential in long double:
//
//   tail = sum_{j != a} exp(x_j - o) 2^(256 - M),   a the first argmax
//
// Error: 2^-60.5 of each term (2^-61 for the exponential), or 2^-1074 where it is subnormal, and
// 2^-86 of the sum. Proof: docs/error_bounds.md, lemma 11 (clamped terms in sums).
#pragma once

#include <cstddef>

#include <xent/view.hpp>

#include "impl/arithmetic/sum_in_blocks.hpp"
#include "impl/rows/row_state.hpp"

namespace xent::impl {

/// Returns the tail of row x in the unit of `state`, which is the state of the whole row and
/// is_number(). It replaces state.tail.
inline Pair low_tail(VectorView<const double> x, const RowState& state) noexcept {
  std::ptrdiff_t argmax = 0;
  while (x[argmax] != state.m) ++argmax;
  return sum_in_blocks(x.size, [&](std::ptrdiff_t j) {
    return j == argmax ? Pair{} : term_in_unit<double>(x[j], state.unit);
  });
}

}  // namespace xent::impl
