// SPDX-License-Identifier: MIT
// Computes loss, gradient and log-sum-exp of a row from its maximum m and S = sum_j exp(x_j - m),
// in the arithmetic of the elements:
//
//   labels: loss = log S - (x_y - m)              gradient = exp(x_j - m) / S - [j = y]
//   soft:   loss = sum_j c_j (log S - (x_j - m))  gradient = exp(x_j - m) / S sum_k c_k - c_j
//
// Where a row has NaN or +inf, or only -inf, S is NaN, and so are loss, gradient and log-sum-exp.
//
// Error: docs/error_bounds.md, lemmas 15 to 18 (the textbook forms).
#pragma once

#include <cmath>
#include <limits>

#include <xent/problem.hpp>

#include "impl/driver/mapped_logits.hpp"
#include "impl/driver/row_functions.hpp"

namespace xent::impl {

/// The maximum m and the sum S of a row.
template <class A>
struct ShiftedSum {
  A m = -std::numeric_limits<A>::infinity();
  A sum = 0;
};

/// A function that returns m and S of a row [C], which is a view of its logits or mapped.
template <class T, class Row = VectorView<const T>>
using ShiftedSumOf = ShiftedSum<LossOf<T>> (*)(Row x);

/// The row function against a label (LabelRow) of an implementation that finds m and S by sum_of.
template <class T, ShiftedSumOf<T> sum_of>
ScaledPair shifted_label_row(VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                             const RowOutputs<T>& out) {
  using A = LossOf<T>;  // the type of the arithmetic
  const ShiftedSum<A> s = sum_of(x);
  const A log_sum = std::log(s.sum);
  const A loss = log_sum - (x[y] - s.m);
  for (std::ptrdiff_t j = 0; j < out.g.size; ++j) {
    const A p = std::exp(x[j] - s.m) / s.sum;
    out.g[j] = static_cast<T>((p - static_cast<A>(j == y)) * static_cast<A>(scale.hi));
  }
  put_lse(out, s.m, log_sum);
  return weighted(loss, w);
}

/// The row function against soft targets (SoftRow) of such an implementation.
template <class T, class Row, ShiftedSumOf<T, Row> sum_of>
ScaledPair shifted_soft_row(Row x, const Coefficients<T>& c, Pair scale, const RowOutputs<T>& out) {
  using A = LossOf<T>;
  const ShiftedSum<A> s = sum_of(x);
  const A log_sum = std::log(s.sum);
  A loss = 0;
  A mass = 0;
  c.for_each([&](std::ptrdiff_t j, Pair exact) {
    const A c_j = narrowed<A>(exact);
    if (c_j == 0) return;  // 0 times +inf would be NaN
    loss += c_j * (log_sum - (x[j] - s.m));
    mass += c_j;
  });
  mass += 0 * mass;  // NaN where a coefficient is infinite
  const Pair lse = put_lse(out, lse_of(s.m, log_sum));
  const A mass_and_z = mass + c.z_loss().template mass_in<A>(lse);
  if (out.g.data != nullptr)
    c.for_each([&](std::ptrdiff_t j, Pair c_j) {
      const A p = std::exp(x[j] - s.m) / s.sum;
      put_component(out, x, j, p * mass_and_z - narrowed<A>(c_j), scale);
    });
  // a row without a finite maximum has no loss, also where every c_j is 0
  return c.z_loss().added(weighted(loss + 0 * s.sum + 0 * mass, 1), lse);
}

}  // namespace xent::impl
