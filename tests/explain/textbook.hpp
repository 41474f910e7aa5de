// SPDX-License-Identifier: MIT
// A textbook computation of a row in the results' own arithmetic, from its logits and coefficients:
// what a framework does. It shares nothing with explain/ but what is asked of it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace xent::tests {

/// The loss of one row and its gradient, in A.
template <class A>
struct TextbookRow {
  A loss = 0;
  A lse = 0;
  std::vector<A> grad;
};

/// Computes sum_j c_j (log S - (x_j - m)) and exp(x_j - m) / S sum_k c_k - c_j in A, one operation
/// after the other.
template <class A>
TextbookRow<A> textbook_row(std::span<const double> logits, std::span<const double> coefficients) {
  TextbookRow<A> row;
  std::vector<A> x(logits.begin(), logits.end());
  const std::vector<A> c(coefficients.begin(), coefficients.end());
  const A m = *std::max_element(x.begin(), x.end());
  A sum = 0;
  A total = 0;
  for (A& x_j : x) sum += std::exp(x_j - m);
  for (const A c_j : c) total += c_j;
  const A log_sum = std::log(sum);
  for (std::size_t j = 0; j < x.size(); ++j) {
    if (c[j] != 0) row.loss += c[j] * (log_sum - (x[j] - m));
    row.grad.push_back(std::exp(x[j] - m) / sum * total - c[j]);
  }
  row.lse = m + log_sum;
  return row;
}

}  // namespace xent::tests
