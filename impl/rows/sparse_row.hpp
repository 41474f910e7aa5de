// SPDX-License-Identifier: MIT
// The state of a row in two passes over it, and the sums of its soft targets: with a one argmax of
// the logits,
//
//   m = x_a,   tail = sum_{j != a} exp(x_j - m)
//   D = sum_j c_j (m - x_j),   Q = sum_j c_j
//
// Sums are of blocks (impl/arithmetic/sum_in_blocks.hpp). Error: docs/error_bounds.md, lemmas 33
// and 36 (D and Q of soft targets; sparse: loss).
#pragma once

#include <cmath>
#include <cstddef>

#include <xent/view.hpp>

#include "impl/arithmetic/pair.hpp"
#include "impl/arithmetic/sum_in_blocks.hpp"
#include "impl/rows/row_loss.hpp"
#include "impl/rows/row_state.hpp"
#include "impl/rows/scaled_term.hpp"
#include "impl/rows/target_sums.hpp"
#include "impl/targets/coefficients.hpp"

namespace xent::impl {

/// Returns the state of the row, its unit being exp(m): two passes over the logits.
template <class T>
RowState sparse_row(VectorView<const T> x) noexcept {
  RowState row;
  std::ptrdiff_t argmax = -1;
  for (std::ptrdiff_t j = 0; j < x.size; ++j) {
    if (static_cast<double>(x[j]) > row.m) {
      row.m = static_cast<double>(x[j]);
      argmax = j;
    }
  }
  row.unit.origin = row.m;
  if (!row.is_number()) return row;
  row.tail = sum_in_blocks(
      x.size, [&](std::ptrdiff_t j) { return j == argmax ? Pair{} : scaled_term(x[j], row.m); });
  return row;
}

/// Returns D and Q of the row, in units of c.unit(). D is infinite where it overflows there.
template <class T>
TargetSums sparse_targets(VectorView<const T> x, const Coefficients<T>& c,
                          const RowState& row) noexcept {
  SumInBlocks gap;
  SumInBlocks mass;
  c.for_each([&](std::ptrdiff_t j, Pair c_j) {
    if (c_j.hi == 0) return;  // 0 times +inf would be NaN; such a term is 0
    const Pair d = distance(row, static_cast<double>(x[j]));
    const Pair term = mul(c_j, d);
    const bool finite = std::isfinite(term.hi + term.lo);
    gap.add_term(finite ? term.hi : c_j.hi * d.hi, finite ? term.lo : 0);
    mass.add_term(c_j.hi, c_j.lo);
  });
  return {gap.total(), mass.total(), c.unit()};
}

}  // namespace xent::impl
