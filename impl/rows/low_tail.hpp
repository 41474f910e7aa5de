// SPDX-License-Identifier: MIT
// The tail of a row of f64 whose terms lie so low that lanes raise them (simd/math/exp-inl.hpp), by
// the C library in long double:
//
//   tail = sum_{j != a} exp(x_j - o) 2^(256 - M),   a the first argmax
//
// Error: 2^-61 of each term (long double exp), or 2^-1074 where it is subnormal, and 2^-86 of the
// sum. Proof: docs/error_bounds.md, lemma 11 (raised terms in sums).
#pragma once

#include <cstddef>

#include <xent/view.hpp>

#include "impl/arithmetic/sum_in_blocks.hpp"
#include "impl/rows/row_state.hpp"

namespace xent::impl {

/// Returns what `state.tail` stands for, in the unit of `state`, which is that of the whole row x
/// and is_number().
inline Pair low_tail(VectorView<const double> x, const RowState& state) noexcept {
  std::ptrdiff_t argmax = 0;
  while (x[argmax] != state.m) ++argmax;
  return sum_in_blocks(x.size, [&](std::ptrdiff_t j) {
    return j == argmax ? Pair{} : term_in_unit<double>(x[j], state.unit);
  });
}

}  // namespace xent::impl
