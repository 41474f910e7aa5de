// SPDX-License-Identifier: MIT
// A row against a label whose weight w is infinite or NaN: the row of w = 1, times w, as IEEE 754
// multiplies. Of the row of w = 1 only the signs count, and those are known exactly:
//
//   loss > 0 and g_y < 0 where another class than y has a logit above -inf, else both are 0
//   g_j > 0 where x_j is above -inf, else 0                                               j != y
//
// Computed, what is tiny may be 0, and infinity times that would be NaN.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include <xent/view.hpp>

#include "impl/driver/row_functions.hpp"

namespace xent::impl {

/// The loss of row x; its gradient goes to g, which may be absent, or x. NaN is what 0 and a row
/// without a loss become.
template <class T>
double row_of_infinite_weight(VectorView<const T> x, std::ptrdiff_t y, double w,
                              VectorView<T> g) noexcept {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::ptrdiff_t present = 0;  // above -inf
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

}  // namespace xent::impl
