// SPDX-License-Identifier: MIT
// The bound of a gradient that is computed in a wider type and rounded once to its own. Proof:
// docs/error_bounds.md, lemma 66 (16-bit logits).
#pragma once

#include <xent/contract.hpp>
#include <xent/element.hpp>

namespace xent::impl {

/// Returns the bound of a component of T, in ulp and u of T, from its bound `wider` in LossOf<T>.
/// Where the types are the same, it is that bound. Else it is half an ulp for the rounding and the
/// wider bound in units of T, of which it has fewer. Where the rounding crosses a power of two, it
/// errs by no more than the wider result did.
template <class T, ErrorBound (*wider)(const RowFacts&, const GradFacts&) noexcept>
ErrorBound rounded_once(const RowFacts& row, const GradFacts& g) noexcept {
  const ErrorBound bound = wider(row, g);
  if constexpr (sizeof(T) == sizeof(LossOf<T>)) {
    return bound;
  } else {
    constexpr double unit = unit_roundoff<LossOf<T>> / unit_roundoff<T>;
    return {.ulp = 0.5 + bound.ulp * unit,
            .relative = bound.relative * unit,
            .absolute = bound.absolute * unit};
  }
}

}  // namespace xent::impl
