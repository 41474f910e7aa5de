// SPDX-License-Identifier: MIT
// Row functions: what an implementation writes, and how it gives its results.
#pragma once

#include <cstddef>
#include <limits>

#include <xent/problem.hpp>

#include "impl/arithmetic/scaled_pair.hpp"
#include "impl/driver/coefficients.hpp"

namespace xent::impl {

/// What is wanted of a row besides its loss; either may be absent. `g` may be the row itself.
template <class T>
struct RowOutputs {
  VectorView<T> g = {};
  LossOf<T>* lse = nullptr;
  bool streams = false;  // the whole gradient is too large for the caches
  int threads = 1;       // that may share the row
};

/// The loss of one row against one label, times w, which is finite; scale * d loss / d x of w = 1
/// goes to out.g: a weight of the gradient is in the scale.
template <class T>
using LabelRow = ScaledPair (*)(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                                const RowOutputs<T>& out);

/// One row against soft targets.
template <class T>
using SoftRow = ScaledPair (*)(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                               const RowOutputs<T>& out);

template <class T>
struct LabelGroup;

/// The same of a group of rows (impl/driver/label_group.hpp).
template <class T>
using LabelRows = void (*)(LabelGroup<T>& group);

/// Of labels one of the two functions.
template <class T>
struct RowFunctions {
  LabelRow<T> label = nullptr;
  SoftRow<T> soft = nullptr;
  LabelRows<T> labels = nullptr;
};

/// f(g_j) in the place of g_j.
template <class T, class F>
void for_each_component(VectorView<T> g, F f) noexcept {
  for (std::ptrdiff_t j = 0; j < g.size; ++j) g[j] = static_cast<T>(f(static_cast<double>(g[j])));
}

/// A row without a loss: that, its log-sum-exp and the whole gradient row are NaN.
template <class T>
ScaledPair without_loss(const RowOutputs<T>& out) noexcept {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for_each_component(out.g, [nan](double) { return nan; });
  if (out.lse != nullptr) *out.lse = std::numeric_limits<LossOf<T>>::quiet_NaN();
  return {exactly(nan)};
}

/// maximum + log_sum, where it is wanted.
template <class T>
void put_lse(const RowOutputs<T>& out, double maximum, const ScaledPair& log_sum) noexcept {
  if (out.lse == nullptr) return;
  *out.lse = static_cast<LossOf<T>>(rounded(add(exactly(maximum), unscaled(log_sum))));
}

/// The same of numbers of the type of the arithmetic.
template <class T>
void put_lse(const RowOutputs<T>& out, LossOf<T> maximum, LossOf<T> log_sum) noexcept {
  put_lse(out, static_cast<double>(maximum), ScaledPair{exactly(static_cast<double>(log_sum))});
}

/// A loss that is a number of the type of the arithmetic, times w.
template <class A>
ScaledPair weighted(A loss, double w) noexcept {
  return times({exactly(static_cast<double>(loss))}, exactly(w));
}

}  // namespace xent::impl
