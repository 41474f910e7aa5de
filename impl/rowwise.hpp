// SPDX-License-Identifier: MIT
// Lifts a row's mathematics to the whole problem: targets, options, reduction, gradient scale.
// Every implementation is composed here, so what an option means is written once.
//
//   none: out_i = L_i     sum: out = sum_i L_i     mean: out = (1/D) sum_i L_i
//
// with D the sum of w_y over the labels that are not ignored, or N for soft targets. A label
// without smoothing is the row function of labels, times w_y; all else is that of soft targets.
//
// The sum over rows is kept as a Pair: for a reduced loss the rows' errors add, the summation's own
// error is below 2^-90 of it, and one rounding to T follows.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <variant>

#include <xent/contract.hpp>
#include <xent/problem.hpp>

#include "impl/coefficients.hpp"
#include "impl/loss_sum.hpp"
#include "impl/scaled_pair.hpp"

namespace xent::impl {

/// The loss of a row, and its log-sum-exp: maximum + log_sum.
struct RowResult {
  ScaledPair loss;
  double maximum = 0;
  ScaledPair log_sum;
};

/// One row against one label; where `g` is present, scale * d loss / d x goes there. `g` may be
/// `x`.
template <class T>
using LabelRow = RowResult (*)(VectorView<const T> x, std::ptrdiff_t y, Pair scale,
                               VectorView<T> g);

/// One row against soft targets.
template <class T>
using SoftRow = RowResult (*)(VectorView<const T> x, const Coefficients<T>& c, Pair scale,
                              VectorView<T> g);

template <class T>
struct RowFunctions {
  LabelRow<T> label;
  SoftRow<T> soft;
};

/// f(g_j) in the place of g_j.
template <class T, class F>
void for_each_component(VectorView<T> g, F f) noexcept {
  for (std::ptrdiff_t j = 0; j < g.size; ++j) g[j] = static_cast<T>(f(static_cast<double>(g[j])));
}

/// A row without a loss: that, its log-sum-exp and the whole gradient row are NaN.
template <class T>
RowResult without_loss(VectorView<T> g) noexcept {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for_each_component(g, [nan](double) { return nan; });
  return {.loss = {exactly(nan)}, .maximum = nan, .log_sum = {}};
}

/// Of results in A.
template <class A>
RowResult row_result(A loss, A maximum, A log_sum) noexcept {
  return {.loss = {exactly(static_cast<double>(loss))},
          .maximum = static_cast<double>(maximum),
          .log_sum = {exactly(static_cast<double>(log_sum))}};
}

template <class L>
L lse_of(const RowResult& row) noexcept {
  const Pair lse = add(exactly(row.maximum), unscaled(row.log_sum));
  return static_cast<L>(lse.hi + lse.lo);
}

template <class T>
double weight_of(const Problem<T>& problem, std::ptrdiff_t y) noexcept {
  return problem.weight.data == nullptr ? 1 : static_cast<double>(problem.weight[y]);
}

template <class T>
Coefficients<T> coefficients(const Problem<T>& problem, const RowProbs<T>& q) noexcept {
  return {q, problem.weight, problem.options.label_smoothing, problem.logits.cols};
}

/// The row of w_y = 1, times w. An infinite or NaN w multiplies as IEEE 754 does.
template <class T>
RowResult weighted_row(LabelRow<T> label, VectorView<const T> x, std::ptrdiff_t y, double w,
                       Pair scale, VectorView<T> g) noexcept {
  const bool finite = std::isfinite(w);
  RowResult row = label(x, y, finite ? mul(scale, exactly(w)) : scale, g);
  if (finite) {
    row.loss = times(row.loss, exactly(w));
  } else {
    for_each_component(g, [w](double g_j) { return g_j * w; });
    row.loss = {exactly(row.loss.value.hi * w)};
  }
  return row;
}

/// What the losses of the rows are divided by: 1, or the sum of the weights of the labels that
/// count.
template <class T, class Index>
Pair divisor_of(const Problem<T>& problem, const Labels<Index>& labels) noexcept {
  if (problem.options.reduction != Reduction::mean) return exactly(1);
  LossSum sum;
  for (std::ptrdiff_t i = 0; i < labels.size; ++i)
    if (problem.options.ignore_index != labels[i])
      sum.add_row(exactly(weight_of(problem, static_cast<std::ptrdiff_t>(labels[i]))));
  return sum.total();
}

/// Soft targets: N.
template <class T>
Pair divisor_of(const Problem<T>& problem) noexcept {
  const bool mean = problem.options.reduction == Reduction::mean;
  return exactly(mean ? static_cast<double>(problem.logits.rows) : 1);
}

/// `compute(i, scale, g)` is the result of row i, which writes the gradient row, if any. Where
/// `is_ignored(i)`, loss and gradient are 0, whatever is computed.
template <class T, class IsIgnored, class Compute>
void reduce_rows(const Problem<T>& problem, const Outputs<T>& out, Pair divisor,
                 IsIgnored is_ignored, Compute compute) noexcept {
  const bool ordinary = std::isfinite(divisor.hi) && divisor.hi != 0;
  const Pair scale = ordinary && divisor.hi != 1 ? div(exactly(1), divisor) : exactly(1);
  const bool reduced = problem.options.reduction != Reduction::none;
  LossSum total;
  for (std::ptrdiff_t i = 0; i < problem.logits.rows; ++i) {
    const VectorView<T> g = out.grad.data == nullptr ? VectorView<T>{} : out.grad.row(i);
    const bool ignored = is_ignored(i);
    RowResult row;
    if (!ignored || out.lse.data != nullptr) row = compute(i, scale, g);
    if (out.lse.data != nullptr) out.lse[i] = lse_of<LossOf<T>>(row);
    if (ignored)
      for_each_component(g, [](double) { return 0.0; });
    else if (!ordinary)
      for_each_component(g, [&](double g_j) { return g_j / divisor.hi; });
    const ScaledPair loss = ignored ? ScaledPair{} : row.loss;
    if (reduced)
      total.add_row(unscaled(loss));
    else
      out.loss[i] = rounded<LossOf<T>>(loss);
  }
  if (reduced) out.loss[0] = total.over<LossOf<T>>(divisor);
}

template <class T, class Index>
void label_rows(const RowFunctions<T>& row, const Problem<T>& problem, const Labels<Index>& labels,
                const Outputs<T>& out) noexcept {
  const MatrixView<const T>& x = problem.logits;
  const Options& options = problem.options;
  const auto is_ignored = [&](std::ptrdiff_t i) { return options.ignore_index == labels[i]; };
  const auto compute = [&](std::ptrdiff_t i, Pair scale, VectorView<T> g) {
    // an ignored label may be no class
    const auto y = is_ignored(i) ? 0 : static_cast<std::ptrdiff_t>(labels[i]);
    if (options.label_smoothing != 0)
      return row.soft(x.row(i), coefficients(problem, RowProbs<T>{.label = y}), scale, g);
    if (problem.weight.data == nullptr) return row.label(x.row(i), y, scale, g);
    return weighted_row(row.label, x.row(i), y, weight_of(problem, y), scale, g);
  };
  reduce_rows(problem, out, divisor_of(problem, labels), is_ignored, compute);
}

/// `q_of(i)` are the probabilities of row i.
template <class T, class RowProbsOf>
void soft_rows(const RowFunctions<T>& row, const Problem<T>& problem, RowProbsOf q_of,
               const Outputs<T>& out) noexcept {
  reduce_rows(
      problem, out, divisor_of(problem), [](std::ptrdiff_t) { return false; },
      [&](std::ptrdiff_t i, Pair scale, VectorView<T> g) {
        return row.soft(problem.logits.row(i), coefficients(problem, q_of(i)), scale, g);
      });
}

/// Computes `out` from `problem` with those row functions.
template <class T>
void rowwise(const RowFunctions<T>& row, const Problem<T>& problem,
             const Outputs<T>& out) noexcept {
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets))
    label_rows(row, problem, *labels, out);
  else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&problem.targets))
    label_rows(row, problem, *labels32, out);
  else if (const auto* probs = std::get_if<Probs<T>>(&problem.targets))
    soft_rows(
        row, problem, [&](std::ptrdiff_t i) { return RowProbs<T>{.dense = probs->row(i)}; }, out);
  else if (const auto* csr = std::get_if<Csr<T>>(&problem.targets))
    soft_rows(
        row, problem, [&](std::ptrdiff_t i) { return row_probs(*csr, i); }, out);
}

/// The kernel of an implementation whose row functions are known when it is compiled.
template <class T, LabelRow<T> label, SoftRow<T> soft>
void rowwise_kernel(const Problem<T>& problem, const Outputs<T>& out) noexcept {
  rowwise<T>({label, soft}, problem, out);
}

/// Where the accurate forms' bounds hold: in f64 nothing has more range than a pair, so that
/// factors have to leave it some.
template <class T>
constexpr Domain accurate_domain() {
  if (sizeof(T) < 8) return {.min_smoothing = 0x1p-100};
  return {
      .min_weight = 0x1p-64, .max_weight = 0x1p64, .max_prob = 0x1p64, .min_smoothing = 0x1p-100};
}

/// What rowwise() takes: everything.
inline constexpr Offers everything = {
    .csr = true, .weight = true, .ignore_index = true, .label_smoothing = true};

}  // namespace xent::impl
