// SPDX-License-Identifier: MIT
// Lifts a row's mathematics to the whole problem: targets, reduction, gradient scale. Every
// implementation is composed here, so what an option means is written once.
//
//   none: out_i = L_i     sum: out = sum_i L_i     mean: out = (1/N) sum_i L_i
//
// The sum over rows is kept as a Pair: for a reduced loss the rows' errors add, the summation's own
// error is below 2^-90 of it, and one rounding to T follows.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <variant>

#include <xent/problem.hpp>

#include "impl/pair.hpp"

namespace xent::impl {

/// One row against one label: its loss; where `g` is present, scale * d loss / d x goes there.
template <class T>
using LabelRow = Pair (*)(VectorView<const T> x, std::ptrdiff_t y, Pair scale, VectorView<T> g);

/// One row against a row of probabilities.
template <class T>
using ProbsRow = Pair (*)(VectorView<const T> x, VectorView<const T> q, Pair scale,
                          VectorView<T> g);

template <class T>
struct RowFunctions {
  LabelRow<T> labels;
  ProbsRow<T> probs;
};

/// The running sum of the rows' losses. An infinite or NaN loss makes the sum that.
class LossSum {
 public:
  void add_row(Pair loss) noexcept {
    sum_ = std::isfinite(sum_.hi + loss.hi) ? add(sum_, loss) : exactly(sum_.hi + loss.hi);
  }
  template <class T>
  T sum() const noexcept {
    return static_cast<T>(sum_.hi + sum_.lo);
  }
  template <class T>
  T mean(std::ptrdiff_t rows) const noexcept {
    const auto n = static_cast<double>(rows);
    if (rows == 0 || !std::isfinite(sum_.hi)) return static_cast<T>(sum_.hi / n);
    const Pair quotient = div(sum_, exactly(n));
    return static_cast<T>(quotient.hi + quotient.lo);
  }

 private:
  Pair sum_;
};

template <class T, class RowLoss>
void reduce_rows(const Problem<T>& problem, const Outputs<T>& out, RowLoss row_loss) noexcept {
  const std::ptrdiff_t rows = problem.logits.rows;
  const Reduction reduction = problem.options.reduction;
  const Pair gradient_scale = reduction == Reduction::mean
                                  ? div(exactly(1), exactly(static_cast<double>(rows)))
                                  : exactly(1);
  LossSum total;
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    const VectorView<T> g = out.grad.data == nullptr ? VectorView<T>{} : out.grad.row(i);
    const Pair loss = row_loss(i, gradient_scale, g);
    if (reduction == Reduction::none)
      out.loss[i] = static_cast<T>(loss.hi + loss.lo);
    else
      total.add_row(loss);
  }
  if (reduction == Reduction::sum) out.loss[0] = total.sum<T>();
  if (reduction == Reduction::mean) out.loss[0] = total.mean<T>(rows);
}

/// Computes `out` from `problem` with those row functions.
template <class T>
void rowwise(const RowFunctions<T>& row, const Problem<T>& problem,
             const Outputs<T>& out) noexcept {
  const MatrixView<const T>& x = problem.logits;
  const auto label_rows = [&](const auto& labels) {
    reduce_rows(problem, out, [&](std::ptrdiff_t i, Pair scale, VectorView<T> g) {
      return row.labels(x.row(i), static_cast<std::ptrdiff_t>(labels[i]), scale, g);
    });
  };
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets))
    label_rows(*labels);
  else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&problem.targets))
    label_rows(*labels32);
  else if (const auto* probs = std::get_if<Probs<T>>(&problem.targets))
    reduce_rows(problem, out, [&](std::ptrdiff_t i, Pair scale, VectorView<T> g) {
      return row.probs(x.row(i), probs->row(i), scale, g);
    });
}

/// The kernel of an implementation whose row functions are known when it is compiled.
template <class T, LabelRow<T> labels, ProbsRow<T> probs>
void rowwise_kernel(const Problem<T>& problem, const Outputs<T>& out) noexcept {
  rowwise<T>({labels, probs}, problem, out);
}

/// The gradient row of a row without a loss.
template <class T>
void fill_with_nan(VectorView<T> g) noexcept {
  for (std::ptrdiff_t j = 0; j < g.size; ++j) g[j] = std::numeric_limits<T>::quiet_NaN();
}

}  // namespace xent::impl
