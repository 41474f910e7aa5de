// SPDX-License-Identifier: MIT
// The bounds of a contract for the results of one row, as absolute errors in numbers of the
// reference.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>

#include "reference/divisor.hpp"
#include "reference/judging/judge.hpp"
#include "reference/judging/ruler.hpp"
#include "reference/oracle.hpp"

namespace xent::reference {

/// These return how far a result may err by the contract; nothing where there is no bound, or the
/// exact value is not a number.
template <class N>
std::optional<N> loss_bound(const Bounds& bounds, const RowEnclosure<N>& row, Format format) {
  if (bounds.loss == nullptr || row.loss().special != 0) return std::nullopt;
  return absolute_bound(bounds.of_loss(row.facts()), row.loss(), format);
}

template <class N>
std::optional<N> lse_bound(const Bounds& bounds, const RowEnclosure<N>& row, const Exact<N>& exact,
                           Format format) {
  if (bounds.lse == nullptr || exact.special != 0) return std::nullopt;
  return absolute_bound(bounds.of_lse(row.facts()), exact, format);
}

template <class N>
std::optional<N> log_softmax_bound(const Bounds& bounds, const RowEnclosure<N>& row,
                                   std::ptrdiff_t j, const Exact<N>& exact, Format format) {
  if (bounds.loss == nullptr || exact.special != 0) return std::nullopt;
  return absolute_bound(bounds.of_loss(row.log_softmax_facts(j)), exact, format);
}

template <class N>
std::optional<N> grad_bound(const Bounds& bounds, const RowEnclosure<N>& row, std::ptrdiff_t j,
                            const Exact<N>& exact, const Divisor& divisor, Format format) {
  if (bounds.grad == nullptr || exact.special != 0) return std::nullopt;
  const double scale = 1 / std::abs(divisor.value());
  return absolute_bound(bounds.of_grad(row.facts(), row.grad_facts(j), scale), exact, format);
}

}  // namespace xent::reference
