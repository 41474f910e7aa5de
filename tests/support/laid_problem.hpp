// SPDX-License-Identifier: MIT
// LaidProblem and LaidResults: a batch in a layout, as a problem, and the places of its results.
#pragma once

#include "tests/support/laid_out.hpp"

namespace xent::tests {

/// What lies in the gaps: NaN, and labels that are none.
template <class T>
class LaidProblem {
 public:
  LaidProblem(Layout layout, const Asked& asked, const NastyBatch<T>& batch)
      : asked_(asked),
        logits_(matrix(layout, Layout::padded, batch), junk(), batch.logits),
        probs_(matrix(layout, Layout::transposed, batch), junk(), batch.probs),
        weight_(weight_places<T>(layout, batch.weight.size()), junk(), batch.weight),
        row_weight_(weight_places<LossOf<T>>(layout, batch.row_weight.size()), junk(),
                    batch.row_weight),
        labels_(vector_of<std::int64_t>(layout, batch.labels.size()), -7, batch.labels),
        labels32_(vector_of<std::int32_t>(layout, batch.labels.size()), -7,
                  {batch.labels.begin(), batch.labels.end()}),
        csr_offsets_(vector_of<std::int64_t>(layout, batch.csr_offsets.size()), -7,
                     batch.csr_offsets),
        csr_classes_(vector_of<std::int64_t>(layout, batch.csr_classes.size()), -7,
                     batch.csr_classes),
        csr_probs_(vector_of<T>(layout, batch.csr_probs.size()), junk(), batch.csr_probs) {}

  LaidOut<T>& logits() { return logits_; }
  Problem<T> problem() const {
    Problem<T> problem{.logits = logits_.template matrix<const T>(),
                       .targets = targets(),
                       .options = {.reduction = asked_.reduction,
                                   .input = asked_.input,
                                   .kl_divergence = asked_.divergence,
                                   .ignore_index = asked_.ignore,
                                   .label_smoothing = asked_.smoothing,
                                   .z_loss = asked_.z_loss,
                                   .temperature = asked_.mapped ? temperature_of_mapped : 0,
                                   .softcap = asked_.mapped ? softcap_of_mapped : 0,
                                   .clip = clip_of(asked_)}};
    if (asked_.weight) problem.weight = weight_.template vector<const T>();
    if (asked_.row_weight) problem.row_weight = row_weight_.template vector<const LossOf<T>>();
    return problem;
  }

 private:
  static T junk() { return std::numeric_limits<T>::quiet_NaN(); }

  MatrixView<T> matrix(Layout layout, Layout if_mixed, const NastyBatch<T>& batch) const {
    return matrix_of<T>(layout == Layout::mixed ? if_mixed : layout, batch.rows, asked_.classes);
  }
  template <class V>
  static MatrixView<V> weight_places(Layout layout, std::size_t size) {
    MatrixView<V> places = vector_of<V>(layout, size);
    if (layout == Layout::broadcast) places.row_stride = 0;
    return places;
  }

  Targets<T> targets() const {
    switch (asked_.form) {
      case Form::labels: return labels_.template vector<const std::int64_t>();
      case Form::labels32: return labels32_.template vector<const std::int32_t>();
      case Form::probs:
      case Form::one_hot: return probs_.template matrix<const T>();
      case Form::csr: break;
    }
    return Csr<T>{csr_offsets_.template vector<const std::int64_t>(),
                  csr_classes_.template vector<const std::int64_t>(),
                  csr_probs_.template vector<const T>()};
  }

  const Asked& asked_;
  LaidOut<T> logits_;
  LaidOut<T> probs_;
  LaidOut<T> weight_;
  LaidOut<LossOf<T>> row_weight_;
  LaidOut<std::int64_t> labels_;
  LaidOut<std::int32_t> labels32_;
  LaidOut<std::int64_t> csr_offsets_;
  LaidOut<std::int64_t> csr_classes_;
  LaidOut<T> csr_probs_;
};

/// The places of the results, full of junk, but for a gradient in place. No two rows of results are
/// the same memory. The problem must outlive them.
template <class T>
class LaidResults {
 public:
  LaidResults(const Asked& asked, LaidProblem<T>& problem)
      : asked_(asked),
        logits_(problem.logits()),
        loss_(vector(loss_size(asked.reduction, rows())), junk),
        lse_(vector(rows()), junk),
        grad_(matrix_of<T>(asked.layout == Layout::broadcast ? Layout::padded
                           : asked.layout == Layout::mixed   ? Layout::many_axes
                                                             : asked.layout,
                           rows(), asked.classes),
              T{junk}) {}

  Outputs<T> outputs() {
    Outputs<T> out{.loss = loss_.vector()};
    if (asked_.gradient != Gradient::none) out.grad = grad().matrix();
    if (asked_.lse) out.lse = lse_.vector();
    return out;
  }
  std::vector<LossOf<T>> take_loss() { return loss_.take(); }
  std::vector<LossOf<T>> take_lse() { return asked_.lse ? lse_.take() : std::vector<LossOf<T>>(); }
  std::vector<T> take_grad() {
    return asked_.gradient == Gradient::none ? std::vector<T>() : grad().take();
  }
  /// Whether nothing was written but what was taken.
  bool is_untouched() const {
    const bool in_place = asked_.gradient == Gradient::in_place;
    return loss_.is_junk() && lse_.is_junk() && grad_.is_junk() && (!in_place || logits_.is_junk());
  }

 private:
  static constexpr int junk = -77;
  std::ptrdiff_t rows() const { return logits_.matrix().rows; }
  MatrixView<LossOf<T>> vector(std::ptrdiff_t size) const {
    return vector_of<LossOf<T>>(asked_.layout, static_cast<std::size_t>(size));
  }
  LaidOut<T>& grad() { return asked_.gradient == Gradient::in_place ? logits_ : grad_; }

  const Asked& asked_;
  LaidOut<T>& logits_;
  LaidOut<LossOf<T>> loss_;
  LaidOut<LossOf<T>> lse_;
  LaidOut<T> grad_;
};

}  // namespace xent::tests
