// SPDX-License-Identifier: MIT
// Bounds say how far the results of a row may err, by facts about the row.
#pragma once

#include <functional>

namespace xent {

/// The facts of a row that bounds depend on, with m = max x, d_j = m - x_j, p = softmax x, q_j the
/// coefficients c_j, and sums over the classes with finite logits. Each is within a relative 2^-40
/// of its exact value.
struct RowFacts {
  double classes = 0;      // C
  double max_abs = 0;      // max |x_j|
  double spread = 0;       // W = sum_j p_j d_j, at most log C
  double tail = 0;         // l = log sum_j exp(-d_j) = log1p(R)
  double target_mass = 0;  // Q = sum_j |q_j|; 1 for labels
  double gap = 0;          // D = sum_j |q_j| d_j; d_y for labels
  double targets = 0;      // K, the number of j with q_j != 0; 1 for labels
};

/// The further facts that the bound of one gradient component depends on,
///
///   g_j = scale (p_j sum_{k != j} q_k - q_j sum_{k != j} p_k)
struct GradFacts {
  double p = 0;         // p_j
  double q = 0;         // |q_j|
  double others = 0;    // sum_{k != j} |q_k|; Q - |q_j| would lose it beside a large |q_j|
  double distance = 0;  // d_j; 0 where x_j = -inf
  double scale = 1;     // 1/N for the mean, else 1
};

/// A bound on the distance of a result from its exact value y, with u the unit roundoff of the
/// result's type:
///
///   |computed - y| <= ulp * ulp(size) + u (relative * size + absolute)
///
/// The size is |y| against labels. Against soft targets it is the sum of the magnitudes of the two
/// terms of a gradient component, or of all terms of a loss. For a log-sum-exp it is |m| + l.
/// ulp(size) is that of the result's type, and constant among its subnormal numbers. A reduced loss
/// may err by the sum (for a mean: the mean) of its rows' bounds, and by 1 ulp of itself.
struct ErrorBound {
  double ulp = 0;
  double relative = 0;
  double absolute = 0;
};

/// The bounds that results are judged by, those of a contract or others; each is absent where it is
/// empty. The judges, which are the reference and the laws, ask the functions below, so that both
/// mean the same by a bound.
struct Bounds {
  std::function<ErrorBound(const RowFacts&)> loss = {};
  std::function<ErrorBound(const RowFacts&, const GradFacts&)> grad = {};
  std::function<ErrorBound(const RowFacts&)> lse = {};

  /// These return the bound of the loss of a row, of a component of the gradient of the loss times
  /// `scale`, and of the log-sum-exp, where there is one.
  ErrorBound of_loss(const RowFacts& row) const { return loss(row); }
  ErrorBound of_grad(const RowFacts& row, GradFacts component, double scale) const {
    component.scale = scale;
    return grad(row, component);
  }
  ErrorBound of_lse(const RowFacts& row) const { return lse(row); }
};

}  // namespace xent
