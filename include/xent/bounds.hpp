// SPDX-License-Identifier: MIT
// Bounds say how far the results of a row may err, by facts about the row.
#pragma once

#include <algorithm>
#include <functional>
#include <limits>

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
  double lse_size = 0;     // s = |m| + l
  double z_loss = 0;       // k
  double row_weight = 1;   // |v|; the other facts are those of v = 1
};

/// The further facts that the bound of one gradient component depends on,
///
///   g_j = v scale (p_j sum_{k != j} q_k - q_j sum_{k != j} p_k + p_j 2 k lse)
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
/// terms of a gradient component, or of all terms of a loss. For a log-sum-exp it is s = |m| + l.
/// With a z-loss it is that of the terms without, and k s^2 of a loss, p_j 2 k s of a component.
/// ulp(size) is that of the result's type, and constant among its subnormal numbers. A reduced loss
/// may err by the sum (for a mean: the mean) of its rows' bounds, and by 1 ulp of itself.
struct ErrorBound {
  double ulp = 0;
  double relative = 0;
  double absolute = 0;
};

/// The bounds that results are judged by, those of a contract or others; each is absent where it is
/// empty. Those of the loss and the gradient are for problems without a z-loss: what a z-loss adds
/// to them follows from lse_error (docs/error_bounds.md, lemma 81). The judges, which are the
/// reference and the laws, ask the functions below, so that both mean the same by a bound.
struct Bounds {
  std::function<ErrorBound(const RowFacts&)> loss = {};
  std::function<ErrorBound(const RowFacts&, const GradFacts&)> grad = {};
  std::function<ErrorBound(const RowFacts&)> lse = {};
  /// Returns how far the log-sum-exp that a z-loss is made of may err, a number; needed where there
  /// is a z-loss.
  std::function<double(const RowFacts&)> lse_error = {};
  double loss_unit = 1;  // u of the types of the loss and of the gradient
  double grad_unit = 1;

  /// These return the bound of the loss of a row, of a component of the gradient of the loss times
  /// `scale`, and of the log-sum-exp, where there is one.
  ErrorBound of_loss(const RowFacts& row) const {
    ErrorBound bound = loss(row);
    if (row.z_loss != 0) {
      const double e = lse_error(row);
      bound.relative += 0x1p-7;  // the roundings of the square and of its sum with the loss
      bound.absolute += saturated(row.z_loss * (2 * row.lse_size + e) * e / loss_unit);
    }
    bound.absolute *= row.row_weight;
    return bound;
  }
  ErrorBound of_grad(RowFacts row, GradFacts component, double scale) const {
    component.scale = scale * row.row_weight;
    if (row.z_loss == 0) return grad(row, component);
    const double z = 2 * row.z_loss * row.lse_size;
    row.target_mass = saturated(row.target_mass + z);
    row.targets += 2;
    component.others = saturated(component.others + z);
    ErrorBound bound = grad(row, component);
    bound.relative += 0x1p-7;
    bound.absolute +=
        component.scale * component.p * saturated(2 * row.z_loss * lse_error(row) / grad_unit);
    return bound;
  }
  ErrorBound of_lse(const RowFacts& row) const { return lse(row); }

 private:
  /// Returns the number, but the largest double for infinity, of which 0 times would be NaN.
  static double saturated(double number) {
    return std::min(number, std::numeric_limits<double>::max());
  }
};

}  // namespace xent
