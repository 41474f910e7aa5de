// SPDX-License-Identifier: MIT
// A Row is one row on its way through a formula, in double. Errors are how far a textbook
// computation of the same may be off, in u of its arithmetic (docs/explain.md#rounding).
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace xent::explain {

/// What a row is set against: one label, a row of probabilities, nothing (ignored), or, where a
/// hypothesis cannot tell, something unknown.
struct Target {
  enum class Kind { label, soft, ignored, unknown };
  Kind kind = Kind::label;
  std::ptrdiff_t label = -1;
};

struct Row {
  bool wants_grad = false;
  bool given = false;  // log-probabilities or probabilities are given: x are their logarithms
  Target target;

  // These have C elements each.
  std::vector<double> x;      // the logits as transformed
  std::vector<double> slope;  // d x / d given logit; empty: slope_of_all
  double slope_of_all = 1;
  std::vector<double> c;     // the coefficients; all 0 where the row is ignored
  std::vector<double> p;     // the softmax, or exp(x) where it is given
  std::vector<double> grad;  // d loss / d given logit, where it is wanted

  // These are of the logits.
  double m = 0;         // the maximum
  double tail = 0;      // l = lse - m
  double lse = 0;       // m + l
  double spread = 0;    // W = sum_j p_j (m - x_j)
  double max_abs = 0;   // max |x_j| of the finite ones
  double absorbed = 0;  // what terms below the last place of a sum in f32 lose in it, in u
  bool finite = true;   // no logit is NaN or +inf, and not all are -inf

  double of_sum = 0;  // 8 + 6 sqrt(C) + absorbed + W + l + 2 max_abs, 12 max_abs with a softcap

  double v = 1;  // the weight of the row, a factor of each coefficient

  // These are of the coefficients.
  double total = 0;  // sum_j c_j
  double mass = 0;   // sum_j |c_j|
  double count = 0;  // of those that are not 0

  double loss = 0;
  double loss_error = 0;
  double magnified = 1;      // |factor| of the formula, which the errors of the gradient have too
  double grad_relative = 4;  // the relative error of a component, besides that of its terms

  std::ptrdiff_t classes() const { return std::ssize(x); }
  double d(std::size_t j) const { return m - x[j]; }
  double log_p(std::size_t j) const { return -(d(j) + tail); }
  /// The relative error of a sum over the classes and of what goes into it.
  double sum_error() const { return of_sum; }
  double lse_error() const { return sum_error() + 2 * std::abs(lse); }
  double grad_error(std::size_t j) const {
    // A sum of equal coefficients may be off by as many roundings as it has terms.
    const double p_error = sum_error() + count + (p[j] > 0 ? d(j) : 0);
    const double terms = mass * p[j] * p_error + 4 * (std::abs(c[j]) + mass * p[j]);
    // A slope 1 - tanh^2 has the error of tanh^2, which the slope may be smaller than.
    const double of_slope = slope.empty() ? 0 : 16 * slope_of_all * (std::abs(c[j]) + mass * p[j]);
    return (terms * std::abs(slope_of(j)) + of_slope) * magnified +
           grad_relative * std::abs(grad[j]);
  }
  /// Returns the derivative of sum_j c_j (lse - x_j) in x_j.
  double derivative(std::size_t j) const { return (given ? 0 : p[j] * total) - c[j]; }
  double slope_of(std::size_t j) const { return slope.empty() ? slope_of_all : slope[j]; }
};

}  // namespace xent::explain
