// SPDX-License-Identifier: MIT
// What the options of a problem mean for a row, once for all implementations. A label of logits
// without smoothing, z-loss, temperature and softcap goes to the row function of labels, with w_y v
// as a factor (impl/driver/row_label.hpp). All other targets go to that of soft targets, as
// coefficients
//
//   c_j = w_j ((1 - eps) q_j + eps / C)
//
// with the z-loss of impl/targets/z_loss.hpp beside them. c_j is 0 where w_j is 0, or q_j without
// smoothing, and NaN where a weight in use is not finite.
//
// Error, relative: 2^-51 in f32, 2^-98 in f64. Proof: docs/error_bounds.md, lemma 6 (coefficients).
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <xent/mapped_logit.hpp>
#include <xent/problem.hpp>

#include "impl/arithmetic/pair.hpp"
#include "impl/arithmetic/scaled_pair.hpp"
#include "impl/targets/row_probs.hpp"
#include "impl/targets/smoothed_negative.hpp"
#include "impl/targets/z_loss.hpp"

namespace xent::impl {

template <class T>
class Coefficients;  // impl/targets/coefficients.hpp

/// Tells whether rows against labels go to the row function of labels. In f64 those with weights of
/// both kinds do not: their product would be rounded.
template <class T>
bool keeps_labels(const Problem<T>& problem) noexcept {
  const bool rounds_weights =
      sizeof(T) == 8 && problem.weight.data != nullptr && problem.row_weight.data != nullptr;
  return problem.options.label_smoothing == 0 && problem.options.z_loss == 0 &&
         !maps_logits(problem.options) && !is_given(problem.options) && !rounds_weights;
}

/// Returns the weight v of row i.
template <class T>
double row_weight_of(const Problem<T>& problem, std::ptrdiff_t i) noexcept {
  return problem.row_weight.data == nullptr ? 1 : static_cast<double>(problem.row_weight[i]);
}

/// The options as they act on the probabilities of any row. It refers to the options and weights of
/// the problem, and does not copy them.
template <class T>
class RowOptions {
 public:
  explicit RowOptions(const Problem<T>& problem) noexcept
      : options_(problem.options),
        weight_(problem.weight),
        classes_(problem.logits.cols),
        smoothing_(problem.options.label_smoothing),
        z_loss_(problem.options.z_loss) {
    if (smoothing_ == 0) return;
    kept_ = two_sum(1, -smoothing_);
    uniform_ = div(exactly(smoothing_), exactly(static_cast<double>(classes_)));
  }

  std::ptrdiff_t classes() const noexcept { return classes_; }
  ZLoss z_loss() const noexcept { return z_loss_; }
  const Options& problem_options() const noexcept { return options_; }
  /// Tells whether every c_j is q_j.
  bool keeps_probs() const noexcept { return smoothing_ == 0 && weight_.data == nullptr; }
  /// Tells whether classes with the same q_j have the same c_j.
  bool keeps_ties() const noexcept { return weight_.data == nullptr; }

  /// The numbers of the formula, 1 - eps and eps / C, and the weights w.
  Pair kept() const noexcept { return kept_; }
  Pair uniform() const noexcept { return uniform_; }
  VectorView<const T> weight() const noexcept { return weight_; }

  /// Makes q_j = hi[j - begin] into c_j = hi[j - begin] + lo[j - begin], both times `factor`, for
  /// begin <= j < begin + n. All lo are 0 before, and but for f64 after.
  void make_coefficients(std::ptrdiff_t begin, std::ptrdiff_t n, double factor, double* hi,
                         double* lo) const noexcept {
    if (smoothing_ != 0) smooth(n, factor, hi, lo);
    if (weight_.data != nullptr) weigh(begin, n, hi, lo);
  }

 private:
  static constexpr bool wide = sizeof(T) == 8;

  void smooth(std::ptrdiff_t n, double factor, double* hi, double* lo) const noexcept {
    const Pair uniform = scale(uniform_, factor);
    const double unit = 1 / factor;
    std::int64_t below_0 = 0;  // in all lanes at once, as a loop that ends early is not
    for (std::ptrdiff_t j = 0; j < n; ++j) below_0 |= hi[j] < 0 ? 1 : 0;
    if (!wide && below_0 == 0) {
      for (std::ptrdiff_t j = 0; j < n; ++j) hi[j] = kept_.hi * hi[j] + uniform.hi;
      return;
    }
    for (std::ptrdiff_t j = 0; j < n; ++j) {
      const Pair c =
          may_cancel(hi[j] * unit)
              ? smoothed_negative(hi[j], kept_, smoothing_, static_cast<double>(classes_), factor)
              : add(mul(kept_, exactly(hi[j])), uniform);
      hi[j] = c.hi;
      if (wide) lo[j] = c.lo;
    }
  }

  void weigh(std::ptrdiff_t begin, std::ptrdiff_t n, double* hi, double* lo) const noexcept {
    for (std::ptrdiff_t j = 0; j < n; ++j) {
      const auto w = static_cast<double>(weight_[begin + j]);
      Pair c = {hi[j] * w, 0};
      if (wide && std::isfinite(c.hi)) c = mul({hi[j], lo[j]}, exactly(w));
      if (w == 0 || hi[j] == 0) c = {};
      hi[j] = std::isfinite(c.hi) ? c.hi : std::numeric_limits<double>::quiet_NaN();
      lo[j] = c.lo;
    }
  }

  const Options& options_;
  VectorView<const T> weight_;
  std::ptrdiff_t classes_;
  double smoothing_;
  ZLoss z_loss_;
  Pair kept_ = {1, 0};  // 1 - eps
  Pair uniform_;        // eps / C
};

/// Computes row x, of the weight v, against the probabilities q, as the options take them: by
/// `soft`, the function of an implementation for soft targets, which has the gradient's scale and
/// says where results go (SoftRow, RowOutputs: impl/driver/row_functions.hpp). Where v is not
/// finite, loss and gradient are NaN.
template <class T, class Soft, class RowOutputs>
ScaledPair row_with_options(Soft soft, VectorView<const T> x, const RowProbs<T>& q,
                            const RowOptions<T>& options, double v, Pair scale,
                            const RowOutputs& out) noexcept {
  const Coefficients<T> c(q, options);
  if (v == 1) return soft(x, c, scale, out);
  if (std::isfinite(v)) return times(soft(x, c, mul(scale, exactly(v)), out), exactly(v));
  RowOutputs without_gradient = out;
  without_gradient.g = {};
  (void)soft(x, c, scale, without_gradient);
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (std::ptrdiff_t j = 0; j < out.g.size; ++j) out.g[j] = static_cast<T>(nan);
  return {exactly(nan)};
}

}  // namespace xent::impl
