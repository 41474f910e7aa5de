// SPDX-License-Identifier: MIT
// Encloses one row by finer and finer numbers (reference/numbers/ladder.hpp) until every question
// about it is decided.
#pragma once

#include <utility>
#include <vector>

#include "reference/numbers/ladder.hpp"
#include "reference/oracle.hpp"

namespace xent::reference {

/// The columns that stand for the loss and the log-sum-exp; all others are classes.
inline constexpr std::ptrdiff_t loss_column = -1;
inline constexpr std::ptrdiff_t lse_column = -2;

/// Calls `decide(enclosure, column)` for each of the columns, of which there is at least one, and
/// again with the next finer number where it returned false. With the finest number its answer is
/// ignored.
template <class N = Ball, class Decide>
void climb(const RowProblem& row, std::vector<std::ptrdiff_t> columns, Decide&& decide) {
  const bool with_gradient = columns.back() >= 0;
  std::vector<std::ptrdiff_t> undecided;
  {
    const RowEnclosure<N> enclosure(row, with_gradient);
    for (const std::ptrdiff_t j : columns)
      if (!decide(enclosure, j)) undecided.push_back(j);
  }
  if constexpr (!is_finest<N>)
    if (!undecided.empty()) climb<typename Finer<N>::type>(row, std::move(undecided), decide);
}

/// Returns loss_column, lse_column and the classes, in this order, as far as each is wanted.
inline std::vector<std::ptrdiff_t> columns_of(std::ptrdiff_t classes, bool with_loss, bool with_lse,
                                              bool with_gradient) {
  std::vector<std::ptrdiff_t> columns;
  if (with_loss) columns.push_back(loss_column);
  if (with_lse) columns.push_back(lse_column);
  if (with_gradient)
    for (std::ptrdiff_t j = 0; j < classes; ++j) columns.push_back(j);
  return columns;
}

}  // namespace xent::reference
