// SPDX-License-Identifier: MIT
// The bound of a gradient that is computed in a wider type and rounded once to its own.
#pragma once

#include <xent/contract.hpp>
#include <xent/element.hpp>

namespace xent::impl {

/// From the bound in LossOf<T>, for results of T: that itself where they are the same type, else
/// half an ulp more, with the other terms in units of T, of which there are fewer. Where the
/// rounding crosses a power of two it errs by what the wider result does.
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
