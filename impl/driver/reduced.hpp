// SPDX-License-Identifier: MIT
// Reduces the losses L_i of the rows:
//
//   none: out_i = L_i     sum: out = sum_i L_i     mean: out = (1/D) sum_i L_i
//
// with the divisor D (impl/driver/divisor.hpp). The sum over rows is kept as a Pair. The errors of
// the rows add; the summation's own error is below 2^-90 of sum_i |L_i|, for f32 2^-47, and one
// rounding to the type of the loss follows. Each segment of the rows has its own sum, so the bits
// do not depend on the number of threads. Proof: docs/error_bounds.md, lemma 68 (reductions).
#pragma once

#include <cmath>
#include <cstddef>

#include <xent/problem.hpp>

#include "impl/driver/loss_sum.hpp"
#include "impl/driver/row_functions.hpp"
#include "impl/driver/segments.hpp"

namespace xent::impl {

/// Tells whether a gradient is better written past the caches, from which it would push out the
/// logits that are still to be read: where it has more than 8 MiB. Measured: docs/performance.md.
template <class T>
bool is_streamed(const MatrixView<T>& grad) noexcept {
  constexpr std::ptrdiff_t most_cached = std::ptrdiff_t{8} << 20;  // bytes
  return grad.data != nullptr &&
         grad.rows * grad.cols > most_cached / static_cast<std::ptrdiff_t>(sizeof(T));
}

/// The reduction of one call of a kernel: where rows put their results, and how.
template <class T>
class Reduced {
 public:
  Reduced(const Problem<T>& problem, const Outputs<T>& out, int threads, Pair divisor) noexcept
      : out_(out),
        options_(problem.options),
        rows_(problem.logits.rows),
        divisor_(divisor),
        is_reduced_(problem.options.reduction != Reduction::none),
        sharing_(Sharing::of(problem.logits.rows, problem.logits.cols, threads)),
        streams_(is_streamed(out.grad)) {
    if (!divides(divisor))  // over 0 a component is inf: a small one must not become 0 first
      scale_ = exactly(divisor.hi == 0 ? 0x1p127 : 1);
    else if (divisor.hi != 1)
      scale_ = div(exactly(1), divisor);
  }

  /// The scale that gradients are computed with: 1 / D. Where one cannot divide by D it is a power
  /// of two, and put() divides the gradients.
  Pair scale() const noexcept { return scale_; }
  const Options& options() const noexcept { return options_; }
  int threads_within_rows() const noexcept { return sharing_.within_rows; }
  bool streams() const noexcept { return streams_; }

  /// Returns where the gradient and the log-sum-exp of row i go.
  RowOutputs<T> outputs(std::ptrdiff_t i) const noexcept {
    RowOutputs<T> row{.streams = streams_, .threads = sharing_.within_rows};
    if (out_.grad.data != nullptr) row.g = out_.grad.row(i);
    if (out_.lse.data != nullptr) row.lse = &out_.lse[i];
    return row;
  }

  /// Calls f(begin, end, sum) for each segment of the rows, its length a multiple of `grain`, on
  /// several threads. Where the losses are reduced, it then writes the sum of the sums over D.
  template <class F>
  void for_each_segment(std::ptrdiff_t grain, F f) const noexcept {
    const Segments segments(rows_, grain);
    if (segments.count() == 1) {  // without room for the sums of others
      LossSum sum;
      f(0, rows_, sum);
      if (is_reduced_) put_reduced(sum);
      return;
    }
    LossSum sums[most_segments];
    segments.for_each(sharing_.over_rows,
                      [&](std::ptrdiff_t segment, std::ptrdiff_t begin, std::ptrdiff_t end) {
                        f(begin, end, sums[segment]);
                      });
    if (!is_reduced_) return;
    LossSum total;
    for (std::ptrdiff_t segment = 0; segment < segments.count(); ++segment)
      total.add_row(sums[segment].total());
    put_reduced(total);
  }

  /// Tells whether a gradient that was computed with scale() is still to be divided by D.
  bool divides_gradients() const noexcept { return !divides(divisor_); }

  /// Adds loss(k), or writes it as the loss of row first + k, for 0 <= k < count. The gradients of
  /// the rows are left alone.
  template <class LossAt>
  void put_losses(std::ptrdiff_t first, int count, LossAt loss, LossSum& sum) const noexcept {
    if (is_reduced_) return sum.template add_rows<LossOf<T>>(loss, count);
    LossOf<T>* to = &out_.loss[first];
    if (out_.loss.contiguous())
      for (int k = 0; k < count; ++k) to[k] = rounded_loss(unscaled(loss(k)));
    else
      for (int k = 0; k < count; ++k) to[k * out_.loss.stride] = rounded_loss(unscaled(loss(k)));
  }

  /// Adds or writes the loss of row i, whose gradient g was computed with scale() and is divided by
  /// D where that is still to be done.
  void put(std::ptrdiff_t i, const ScaledPair& loss, VectorView<T> g, LossSum& sum) const noexcept {
    if (divides_gradients()) for_each_component(g, [&](double g_j) { return g_j / divisor_.hi; });
    put_loss(i, loss, sum);
  }

  /// Makes the loss and the gradient of row i 0: the row is ignored.
  void put_nothing(std::ptrdiff_t i, VectorView<T> g, LossSum& sum) const noexcept {
    for_each_component(g, [](double) { return 0.0; });
    put_loss(i, ScaledPair{}, sum);
  }

 private:
  /// Returns the loss rounded to its type; a loss of 0 is +0, also where a weight is negative.
  static LossOf<T> rounded_loss(Pair loss) noexcept {
    if constexpr (sizeof(T) < 8) return static_cast<float>(loss.hi + loss.lo) + 0.0F;
    return static_cast<LossOf<T>>(rounded(loss)) + LossOf<T>{0};
  }

  void put_reduced(const LossSum& total) const noexcept {
    out_.loss[0] = total.template over<LossOf<T>>(divisor_);
  }

  void put_loss(std::ptrdiff_t i, const ScaledPair& loss, LossSum& sum) const noexcept {
    if (is_reduced_)
      sum.add_row(loss);
    else
      out_.loss[i] = rounded_loss(unscaled(loss));
  }

  const Outputs<T>& out_;
  const Options& options_;
  std::ptrdiff_t rows_;
  Pair divisor_;
  bool is_reduced_;
  Sharing sharing_;
  bool streams_;
  Pair scale_ = {1, 0};
};

}  // namespace xent::impl
