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
#include <variant>

#include <xent/contract.hpp>
#include <xent/problem.hpp>

#include "impl/coefficients.hpp"
#include "impl/divisor.hpp"
#include "impl/loss_sum.hpp"
#include "impl/row_functions.hpp"

namespace xent::impl {

template <class T>
Coefficients<T> coefficients(const Problem<T>& problem, const RowProbs<T>& q) noexcept {
  return {q, problem.weight, problem.options.label_smoothing, problem.logits.cols};
}

/// Whether a gradient is better written past the caches: it would push out the logits that are
/// still to be read. Measured: docs/performance.md.
template <class T>
bool is_streamed(const MatrixView<T>& grad) noexcept {
  constexpr std::ptrdiff_t most_cached = std::ptrdiff_t{8} << 20;  // bytes
  return grad.data != nullptr &&
         grad.rows * grad.cols > most_cached / static_cast<std::ptrdiff_t>(sizeof(T));
}

/// A loss of 0 is +0, also times a negative number.
inline Pair positive_zero(Pair loss) noexcept { return {loss.hi + 0.0, loss.lo}; }

/// An infinite or NaN w multiplies the row of w = 1 as IEEE 754 does.
template <class T>
Pair weighted_row(LabelRow<T> label, VectorView<const T> x, std::ptrdiff_t y, double w, Pair scale,
                  const RowOutputs<T>& out) noexcept {
  if (std::isfinite(w)) return positive_zero(label(x, y, w, mul(scale, exactly(w)), out));
  const Pair loss = label(x, y, 1, scale, out);
  for_each_component(out.g, [w](double g_j) { return g_j * w; });
  return exactly(loss.hi * w);
}

/// `compute(i, scale, row_outputs)` is the loss of row i. Where `is_ignored(i)`, loss and gradient
/// are 0, whatever is computed.
template <class T, class IsIgnored, class Compute>
void reduce_rows(const Problem<T>& problem, const Outputs<T>& out, Pair divisor,
                 IsIgnored is_ignored, Compute compute) noexcept {
  const bool ordinary = divides(divisor);
  // over 0 a component is inf: what is small must not be 0 before
  const Pair without_divisor = exactly(divisor.hi == 0 ? 0x1p127 : 1);
  const Pair scale = ordinary && divisor.hi != 1 ? div(exactly(1), divisor) : without_divisor;
  const bool reduced = problem.options.reduction != Reduction::none;
  LossSum total;
  for (std::ptrdiff_t i = 0; i < problem.logits.rows; ++i) {
    RowOutputs<T> row;
    if (out.grad.data != nullptr) row.g = out.grad.row(i);
    row.streams = is_streamed(out.grad);
    if (out.lse.data != nullptr) row.lse = &out.lse[i];
    Pair loss;
    if (is_ignored(i)) {
      if (row.lse != nullptr) (void)compute(i, scale, row);
      for_each_component(row.g, [](double) { return 0.0; });
    } else {
      loss = compute(i, scale, row);
      if (!ordinary) for_each_component(row.g, [&](double g_j) { return g_j / divisor.hi; });
    }
    if (reduced)
      total.add_row(loss);
    else
      out.loss[i] = static_cast<LossOf<T>>(rounded(loss));
  }
  if (reduced) out.loss[0] = total.over<LossOf<T>>(divisor);
}

template <class T, class Index>
void label_rows(const RowFunctions<T>& row, const Problem<T>& problem, const Labels<Index>& labels,
                const Outputs<T>& out) noexcept {
  const auto is_ignored = [&](std::ptrdiff_t i) {
    return problem.options.ignore_index == labels[i];
  };
  // an ignored label may be no class
  const auto class_of = [&](std::ptrdiff_t i) {
    return is_ignored(i) ? 0 : static_cast<std::ptrdiff_t>(labels[i]);
  };
  const auto reduce = [&](auto compute) {
    reduce_rows(problem, out, divisor_of(problem, labels), is_ignored,
                [&](std::ptrdiff_t i, Pair scale, const RowOutputs<T>& wanted) {
                  return compute(problem.logits.row(i), class_of(i), scale, wanted);
                });
  };
  using Row = VectorView<const T>;
  using Wanted = const RowOutputs<T>&;
  if (problem.options.label_smoothing != 0)
    reduce([&](Row x, std::ptrdiff_t y, Pair scale, Wanted wanted) {
      return positive_zero(
          row.soft(x, coefficients(problem, RowProbs<T>{.label = y}), scale, wanted));
    });
  else if (problem.weight.data != nullptr)
    reduce([&](Row x, std::ptrdiff_t y, Pair scale, Wanted wanted) {
      return weighted_row(row.label, x, y, static_cast<double>(problem.weight[y]), scale, wanted);
    });
  else
    reduce([&](Row x, std::ptrdiff_t y, Pair scale, Wanted wanted) {
      return row.label(x, y, 1, scale, wanted);
    });
}

/// `q_of(i)` are the probabilities of row i.
template <class T, class RowProbsOf>
void soft_rows(const RowFunctions<T>& row, const Problem<T>& problem, RowProbsOf q_of,
               const Outputs<T>& out) noexcept {
  reduce_rows(
      problem, out, divisor_of(problem), [](std::ptrdiff_t) { return false; },
      [&](std::ptrdiff_t i, Pair scale, const RowOutputs<T>& wanted) {
        return positive_zero(
            row.soft(problem.logits.row(i), coefficients(problem, q_of(i)), scale, wanted));
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

/// What rowwise() takes: everything.
inline constexpr Offers everything = {
    .csr = true, .weight = true, .ignore_index = true, .label_smoothing = true};

}  // namespace xent::impl
