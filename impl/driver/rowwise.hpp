// SPDX-License-Identifier: MIT
// Applies the functions of a row to a whole problem: its targets, options and reduction
// (impl/driver/reduced.hpp). Every implementation becomes a kernel here, so the meaning of an
// option is written once. Labels without smoothing go to the row function of labels, with w_y as a
// factor; all other targets become coefficients and go to that of soft targets. Threads share the
// rows.
#pragma once

#include <cmath>
#include <cstddef>
#include <variant>

#include <xent/contract.hpp>
#include <xent/problem.hpp>

#include "impl/driver/coefficients.hpp"
#include "impl/driver/divisor.hpp"
#include "impl/driver/groupwise.hpp"
#include "impl/driver/infinite_weight.hpp"
#include "impl/driver/loss_sum.hpp"
#include "impl/driver/reduced.hpp"
#include "impl/driver/row_functions.hpp"

namespace xent::impl {

/// Returns the coefficients of a row with probabilities q.
template <class T>
Coefficients<T> coefficients(const Problem<T>& problem, const RowProbs<T>& q) noexcept {
  return {q, problem.weight, problem.options.label_smoothing, problem.logits.cols};
}

/// Returns the loss of a row against label y with weight w, which may be infinite or NaN; there the
/// row function computes the log-sum-exp alone.
template <class T>
ScaledPair weighted_row(LabelRow<T> label, VectorView<const T> x, std::ptrdiff_t y, double w,
                        Pair scale, const RowOutputs<T>& out) noexcept {
  if (std::isfinite(w)) return label(x, y, w, mul(scale, exactly(w)), out);
  if (out.lse != nullptr) (void)label(x, y, 1, scale, {.lse = out.lse, .threads = out.threads});
  return {exactly(row_of_infinite_weight(x, y, w, out.g))};
}

/// Computes and reduces all rows. `compute(i, scale, row_outputs)` returns the loss of row i and
/// writes the rest. Where `is_ignored(i)`, loss and gradient are 0, and compute is called only
/// where the log-sum-exp is wanted.
template <class T, class IsIgnored, class Compute>
void reduce_rows(const Problem<T>& problem, const Outputs<T>& out, int threads, Pair divisor,
                 IsIgnored is_ignored, Compute compute) noexcept {
  const Reduced<T> reduced(problem, out, threads, divisor);
  reduced.for_each_segment(1, [&](std::ptrdiff_t begin, std::ptrdiff_t end, LossSum& sum) {
    for (std::ptrdiff_t i = begin; i < end; ++i) {
      const RowOutputs<T> row = reduced.outputs(i);
      if (!is_ignored(i)) {
        reduced.put(i, compute(i, reduced.scale(), row), row.g, sum);
      } else {
        if (row.lse != nullptr) (void)compute(i, reduced.scale(), row);
        reduced.put_nothing(i, row.g, sum);
      }
    }
  });
}

/// Computes `out` against labels, by the row function that fits the options.
template <class T, class Index>
void label_rows(const RowFunctions<T>& row, const Problem<T>& problem, const Labels<Index>& labels,
                const Outputs<T>& out, int threads) noexcept {
  const auto is_ignored = [&](std::ptrdiff_t i) {
    return problem.options.ignore_index == labels[i];
  };
  // an ignored label may be no class
  const auto class_of = [&](std::ptrdiff_t i) {
    return is_ignored(i) ? 0 : static_cast<std::ptrdiff_t>(labels[i]);
  };
  const auto reduce = [&](auto compute) {
    reduce_rows(problem, out, threads, divisor_of(problem, labels), is_ignored,
                [&](std::ptrdiff_t i, Pair scale, const RowOutputs<T>& wanted) {
                  return compute(problem.logits.row(i), class_of(i), scale, wanted);
                });
  };
  using Row = VectorView<const T>;
  using Wanted = const RowOutputs<T>&;
  if (problem.options.label_smoothing != 0)
    reduce([&](Row x, std::ptrdiff_t y, Pair scale, Wanted wanted) {
      return row.soft(x, coefficients(problem, RowProbs<T>{.label = y}), scale, wanted);
    });
  else if (row.labels != nullptr)
    groupwise(row.labels, problem, labels, out, threads);
  else if (problem.weight.data != nullptr)
    reduce([&](Row x, std::ptrdiff_t y, Pair scale, Wanted wanted) {
      return weighted_row(row.label, x, y, static_cast<double>(problem.weight[y]), scale, wanted);
    });
  else
    reduce([&](Row x, std::ptrdiff_t y, Pair scale, Wanted wanted) {
      return row.label(x, y, 1, scale, wanted);
    });
}

/// Computes `out` against soft targets; `q_of(i)` returns the probabilities of row i.
template <class T, class RowProbsOf>
void soft_rows(const RowFunctions<T>& row, const Problem<T>& problem, RowProbsOf q_of,
               const Outputs<T>& out, int threads) noexcept {
  reduce_rows(
      problem, out, threads, divisor_of(problem), [](std::ptrdiff_t) { return false; },
      [&](std::ptrdiff_t i, Pair scale, const RowOutputs<T>& wanted) {
        return row.soft(problem.logits.row(i), coefficients(problem, q_of(i)), scale, wanted);
      });
}

/// Computes `out` from `problem`, which validate() accepted, with the row functions `row`, on up to
/// `threads` threads.
template <class T>
void rowwise(const RowFunctions<T>& row, const Problem<T>& problem, const Outputs<T>& out,
             int threads) noexcept {
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets))
    label_rows(row, problem, *labels, out, threads);
  else if (const auto* labels32 = std::get_if<Labels<std::int32_t>>(&problem.targets))
    label_rows(row, problem, *labels32, out, threads);
  else if (const auto* probs = std::get_if<Probs<T>>(&problem.targets))
    soft_rows(
        row, problem, [&](std::ptrdiff_t i) { return RowProbs<T>{.dense = probs->row(i)}; }, out,
        threads);
  else if (const auto* csr = std::get_if<Csr<T>>(&problem.targets))
    soft_rows(
        row, problem, [&](std::ptrdiff_t i) { return row_probs(*csr, i); }, out, threads);
}

/// The kernel of an implementation whose row functions are known when it is compiled.
template <class T, LabelRow<T> label, SoftRow<T> soft>
void rowwise_kernel(const Problem<T>& problem, const Outputs<T>& out,
                    const Execution& execution) noexcept {
  rowwise<T>({label, soft}, problem, out, execution.threads);
}

}  // namespace xent::impl
