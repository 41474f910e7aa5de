// SPDX-License-Identifier: MIT
// The facts of a row and of a component of its gradient that bounds depend on, and the forms that
// bounds have.
#pragma once

namespace xent {

/// The facts of a row that bounds depend on, with m = max x, d_j = m - x_j, p = softmax x, q_j the
/// coefficients c_j, and sums over the classes with finite logits. Where a temperature or a softcap
/// maps the logits to z (include/xent/problem.hpp), x is z here. Where log-probabilities z are
/// given, d_j is -z_j, and tail, spread and lse_size are 0. Each is within a relative 2^-40 of its
/// exact value.
struct RowFacts {
  double classes = 0;          // C
  double max_abs = 0;          // max |x_j|
  double spread = 0;           // W = sum_j p_j d_j, at most log C
  double tail = 0;             // l = log sum_j exp(-d_j) = log1p(R)
  double target_mass = 0;      // Q = sum_j |q_j|; 1 for labels
  double gap = 0;              // D = sum_j |q_j d_j|; d_y for labels
  double targets = 0;          // K, the number of j with q_j != 0; 1 for labels
  double lse_size = 0;         // s = |m| + l
  double z_loss = 0;           // k
  double row_weight = 1;       // |v|; the other facts are those of v = 1
  bool mapped = false;         // whether there is a temperature or a softcap
  bool capped = false;         // whether there is a softcap
  double per_temperature = 1;  // 1 / T
  bool given = false;          // whether log-probabilities or probabilities are given
  bool smoothed = false;       // whether there is label smoothing
  bool divergence = false;     // whether the entropy of the targets is subtracted
  double entropy = 0;          // H = sum_j |c_j log c_j| of a divergence, else 0
};

/// The further facts that the bound of one gradient component depends on,
///
///   g_j = v scale root^2 / T (p_j sum_{k != j} q_k - q_j sum_{k != j} p_k + p_j 2 k lse)
struct GradFacts {
  double p = 0;         // p_j
  double q = 0;         // |q_j|
  double others = 0;    // sum_{k != j} |q_k|; Q - |q_j| would lose it beside a large |q_j|
  double distance = 0;  // d_j; 0 where x_j = -inf
  double scale = 1;     // 1/N for the mean, else 1
  double root = 1;      // 1 / cosh(x_j / s), whose square is the slope of the softcap s
  double argument = 0;  // min(|x_j| / s, 2^20) with a softcap s, else 0; 0 where x_j is not finite
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

/// How far a computation errs that takes z_j, made of x_j by include/xent/mapped_logit.hpp in one
/// type of arithmetic: each z_j by relative(row) |z_j| + floor().
struct MappingErrors {
  double unit = 0;    // the unit roundoff of that type
  double least = 0;   // its least positive number
  double others = 0;  // what a component errs by besides, in scale p_j sum_{k != j} |q_k|
  double slope = 0;   // what the slope of the softcap errs by besides, as a number

  double relative(const RowFacts& row) const { return unit * (row.capped ? 13 : 3.5); }
  double floor() const { return 0x1p32 * least; }
  /// Returns the relative error of the slope of the softcap.
  double of_slope(const GradFacts& component) const { return unit * (18 + 5 * component.argument); }
};

}  // namespace xent
