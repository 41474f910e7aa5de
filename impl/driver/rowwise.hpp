// SPDX-License-Identifier: MIT
// Applies the functions of a row to a whole problem: its targets, options and reduction
// (impl/driver/reduced.hpp). Every implementation becomes a kernel here, so the meaning of an
// option is written once: that of ignored labels and their weights in impl/driver/row_label.hpp,
// the rest in impl/targets/row_options.hpp, which also says whether labels go to the row function
// of labels or, as all other targets, to one of those of soft targets. Threads share the rows.
#pragma once

#include <cstddef>
#include <variant>

#include <xent/contract.hpp>
#include <xent/problem.hpp>

#include "impl/driver/divisor.hpp"
#include "impl/driver/groups/groupwise.hpp"
#include "impl/driver/groups/soft_groupwise.hpp"
#include "impl/driver/loss_sum.hpp"
#include "impl/driver/put_row.hpp"
#include "impl/driver/reduced.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/driver/row_label.hpp"
#include "impl/targets/coefficients.hpp"
#include "impl/targets/row_options.hpp"

namespace xent::impl {

/// Returns the function of groups for such a problem, or nullptr where each row is computed alone.
template <class T>
SoftRows<T> soft_rows_for(const RowFunctions<T>& row, const Problem<T>& problem) noexcept {
  const SoftRow<T> soft = row.soft_for(problem.options);
  if (problem.logits.cols > medium_row_classes) return nullptr;
  if (soft == row.soft) return row.softs;
  return soft == row.mapped ? row.mappeds : nullptr;
}

/// Computes and reduces all rows: put(reduced, i, sum) does row i.
template <class T, class PutRow>
void each_row(const Problem<T>& problem, const Outputs<T>& out, int threads, Pair divisor,
              PutRow put) noexcept {
  const Reduced<T> reduced(problem, out, threads, divisor);
  reduced.for_each_segment(1, [&](std::ptrdiff_t begin, std::ptrdiff_t end, LossSum& sum) {
    for (std::ptrdiff_t i = begin; i < end; ++i) put(reduced, i, sum);
  });
}

/// Returns what puts row i against its label into the reduction: compute(x, label, scale,
/// row_outputs) returns the loss of a row, times the label's weight, and writes the rest.
template <class T, class Index, class Compute>
auto label_row_by(const Problem<T>& problem, const Labels<Index>& labels,
                  Compute compute) noexcept {
  return [&problem, &labels, compute](const Reduced<T>& reduced, std::ptrdiff_t i, LossSum& sum) {
    const RowLabel label = row_label(problem, labels, i);
    const VectorView<const T> x = problem.logits.row(i);
    put_row(
        reduced, i, label, x, sum,
        [&](const RowOutputs<T>& row) { return compute(x, label, reduced.scale(), row); },
        [&](const RowOutputs<T>& row) {
          (void)compute(x, RowLabel{.y = label.y}, reduced.scale(), row);
        });
  };
}

/// Computes `out` against labels that the options make soft targets.
template <class T, class Index>
void soft_label_rows(const RowFunctions<T>& row, const Problem<T>& problem,
                     const Labels<Index>& labels, const Outputs<T>& out, int threads) noexcept {
  const RowOptions<T> options(problem);
  const SoftRow<T> soft = row.soft_for(problem.options);
  const Pair divisor = divisor_of(problem, labels);
  const auto put = label_row_by(
      problem, labels,
      [&](VectorView<const T> x, const RowLabel& label, Pair scale, const RowOutputs<T>& wanted) {
        const RowProbs<T> q{.label = label.y};
        return row_with_options(soft, x, q, options, label.v, scale, wanted);
      });
  if (const SoftRows<T> groups = soft_rows_for(row, problem); groups != nullptr)
    return soft_groupwise(
        groups, problem, options, out, threads, divisor,
        [&](SoftGroup<T>& group) { take_soft_labels(problem, labels, group); }, put);
  each_row(problem, out, threads, divisor, put);
}

/// Computes `out` against labels, by the row function that fits the options.
template <class T, class Index>
void label_rows(const RowFunctions<T>& row, const Problem<T>& problem, const Labels<Index>& labels,
                const Outputs<T>& out, int threads) noexcept {
  if (!keeps_labels(problem)) return soft_label_rows(row, problem, labels, out, threads);
  if (row.labels != nullptr) return groupwise(row.labels, problem, labels, out, threads);
  each_row(problem, out, threads, divisor_of(problem, labels),
           label_row_by(problem, labels,
                        [&](VectorView<const T> x, const RowLabel& label, Pair scale,
                            const RowOutputs<T>& wanted) {
                          const Pair factor = label.w == 1 ? scale : mul(scale, exactly(label.w));
                          return row.label(x, label.y, label.w, factor, wanted);
                        }));
}

/// Computes `out` against soft targets: take_targets(group) gives them to a group, and q_of(i)
/// returns the probabilities of row i.
template <class T, class TakeTargets, class RowProbsOf>
void soft_rows(const RowFunctions<T>& row, const Problem<T>& problem, TakeTargets take_targets,
               RowProbsOf q_of, const Outputs<T>& out, int threads) noexcept {
  const RowOptions<T> options(problem);
  const SoftRow<T> soft = row.soft_for(problem.options);
  const auto put = [&](const Reduced<T>& reduced, std::ptrdiff_t i, LossSum& sum) {
    const RowOutputs<T> wanted = reduced.outputs(i);
    const ScaledPair loss = row_with_options(soft, problem.logits.row(i), q_of(i), options,
                                             row_weight_of(problem, i), reduced.scale(), wanted);
    reduced.put(i, loss, wanted.g, sum);
  };
  const Pair divisor = divisor_of(problem);
  if (const SoftRows<T> groups = soft_rows_for(row, problem); groups != nullptr)
    return soft_groupwise(
        groups, problem, options, out, threads, divisor,
        [&](SoftGroup<T>& group) {
          take_targets(group);
          take_row_weights(problem, group);
        },
        put);
  each_row(problem, out, threads, divisor, put);
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
        row, problem, [&](SoftGroup<T>& group) { group.dense = *probs; },
        [&](std::ptrdiff_t i) { return RowProbs<T>{.dense = probs->row(i)}; }, out, threads);
  else if (const auto* csr = std::get_if<Csr<T>>(&problem.targets))
    soft_rows(
        row, problem, [&](SoftGroup<T>& group) { group.csr = csr; },
        [&](std::ptrdiff_t i) { return row_probs(*csr, i); }, out, threads);
}

}  // namespace xent::impl
