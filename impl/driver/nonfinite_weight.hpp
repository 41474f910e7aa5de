// SPDX-License-Identifier: MIT
// Computes a row against a label whose weight w is infinite or NaN: the results for w = 1, times w,
// as IEEE 754 multiplies. Only the signs of the results for w = 1 count, and those are known
// exactly:
//
//   loss > 0 and g_y < 0   where another class than y has a logit above -inf, else both are 0
//   g_j > 0, j != y        where x_j is above -inf, else it is 0
//
// The computed results would not do: a tiny one may be rounded to 0, and infinity times 0 is NaN.
// The results of given log-probabilities are exact, and are multiplied as they are.
// Proof: docs/error_bounds.md, lemma 13 (infinite weights).
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include <xent/log_prob.hpp>
#include <xent/view.hpp>

#include "impl/driver/row_functions.hpp"

namespace xent::impl {

/// Returns the loss of row x [C], w or NaN, and writes its gradient to g [C], which may be absent,
/// or the row itself. A result is NaN where it is 0 for w = 1, and where the row has no loss.
template <class T>
double row_of_nonfinite_weight(VectorView<const T> x, std::ptrdiff_t y, double w,
                               VectorView<T> g) noexcept {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::ptrdiff_t present = 0;  // logits above -inf
  bool is_number = !std::isnan(w);
  for (std::ptrdiff_t j = 0; j < x.size; ++j) {
    const auto x_j = static_cast<double>(x[j]);
    is_number = is_number && x_j < infinity;
    if (x_j > -infinity) ++present;
  }
  const bool has_label = static_cast<double>(x[y]) > -infinity;
  const bool has_others = is_number && present > (has_label ? 1 : 0);
  for (std::ptrdiff_t j = 0; j < g.size; ++j) {
    const bool is_positive = is_number && static_cast<double>(x[j]) > -infinity;
    g[j] = static_cast<T>(is_positive ? w : nan);
  }
  if (g.data != nullptr) g[y] = static_cast<T>(has_others ? -w : nan);
  return has_others ? w : nan;
}

/// Does the same where x are given log-probabilities or probabilities: the gradient of the other
/// classes is 0.
template <class T>
double given_row_of_nonfinite_weight(const Options& options, VectorView<const T> x,
                                     std::ptrdiff_t y, double w, VectorView<T> g) noexcept {
  const auto x_y = static_cast<double>(x[y]);
  for_each_component(g, [](double) { return 0.0; });
  if (g.data != nullptr) g[y] = static_cast<T>(-w * log_prob_slope(options, x_y));
  return w * -log_prob(options, x_y);
}

}  // namespace xent::impl
