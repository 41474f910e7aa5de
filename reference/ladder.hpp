// SPDX-License-Identifier: MIT
// Ladder: one row enclosed by finer and finer numbers until every question asked of it is decided.
#pragma once

#include <utility>
#include <vector>

#include "reference/oracle.hpp"

namespace xent::reference {

/// The column that stands for the loss; the others are classes.
inline constexpr std::ptrdiff_t loss_column = -1;

/// Calls `decide(enclosure, column)` for each of the columns, and again with the next finer number
/// where it says false; with the finest number its answer is final.
template <class N = Ball, class Decide>
void climb(const RowProblem& row, std::vector<std::ptrdiff_t> columns, Decide&& decide) {
  const bool with_gradient = columns.back() != loss_column;
  std::vector<std::ptrdiff_t> undecided;
  {
    const RowEnclosure<N> enclosure(row, with_gradient);
    for (const std::ptrdiff_t j : columns)
      if (!decide(enclosure, j)) undecided.push_back(j);
  }
  if constexpr (!is_finest<N>)
    if (!undecided.empty()) climb<typename Finer<N>::type>(row, std::move(undecided), decide);
}

/// loss_column where `with_loss`, and the classes where `with_gradient`, in this order.
inline std::vector<std::ptrdiff_t> columns_of(std::ptrdiff_t classes, bool with_loss,
                                              bool with_gradient) {
  std::vector<std::ptrdiff_t> columns;
  if (with_loss) columns.push_back(loss_column);
  if (with_gradient)
    for (std::ptrdiff_t j = 0; j < classes; ++j) columns.push_back(j);
  return columns;
}

}  // namespace xent::reference
