// SPDX-License-Identifier: MIT
// Encloses one row by finer and finer numbers (reference/numbers/ladder.hpp) until every question
// about it is decided.
#pragma once

#include <utility>
#include <vector>

#include "reference/numbers/ladder.hpp"
#include "reference/oracle.hpp"

namespace xent::reference {

/// The columns that stand for the loss and the log-sum-exp; those below stand for the components of
/// the log-softmax, and those from 0 on for the components of the gradient.
inline constexpr std::ptrdiff_t loss_column = -1;
inline constexpr std::ptrdiff_t lse_column = -2;

/// The column of component j of the log-softmax, and the j of such a column.
constexpr std::ptrdiff_t log_softmax_column(std::ptrdiff_t j) { return lse_column - 1 - j; }
constexpr bool is_log_softmax(std::ptrdiff_t column) { return column < lse_column; }
constexpr std::ptrdiff_t class_of_log_softmax(std::ptrdiff_t column) {
  return lse_column - 1 - column;
}

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

/// The results of a row that are wanted.
struct WantedColumns {
  bool loss = false;
  bool lse = false;
  bool log_softmax = false;
  bool gradient = false;
};

/// Returns the columns of those, in this order.
inline std::vector<std::ptrdiff_t> columns_of(std::ptrdiff_t classes, const WantedColumns& wanted) {
  std::vector<std::ptrdiff_t> columns;
  if (wanted.loss) columns.push_back(loss_column);
  if (wanted.lse) columns.push_back(lse_column);
  if (wanted.log_softmax)
    for (std::ptrdiff_t j = 0; j < classes; ++j) columns.push_back(log_softmax_column(j));
  if (wanted.gradient)
    for (std::ptrdiff_t j = 0; j < classes; ++j) columns.push_back(j);
  return columns;
}

}  // namespace xent::reference
