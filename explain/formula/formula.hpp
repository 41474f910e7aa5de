// SPDX-License-Identifier: MIT
// A Formula is the definition of include/xent/problem.hpp with every convention as a member. As it
// stands it is the given problem; a hypothesis changes a member or two.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>

#include "explain/doubt.hpp"
#include "explain/formula/row.hpp"

namespace xent::explain {

/// How class weights enter a coefficient. `squared` puts w^2 for w everywhere, `twice` leaves the
/// divisor as it is, and `of_label` weighs all classes of a row by its label's weight.
enum class Weighing { given, absent, squared, twice, of_label };

/// What the sum of the losses of the rows is divided by: `named` is what the problem's reduction
/// says, `mean` what the mean of the problem does, `rows` N, `weights` the sum of the weights of
/// the rows' targets, `row_weights` that of the weights of the rows that are not ignored, `kept`
/// the number of these rows, `elements` N C, `batch` the first axis of the rows. `segments` is the
/// mean of the means over so many parts of the rows.
enum class Divisor {
  named,
  one,
  mean,
  rows,
  weights,
  row_weights,
  kept,
  elements,
  batch,
  segments
};

/// What is taken for the gradient: the derivative; the softmax without the targets; p_j - c_j where
/// the c_j of a row do not sum to 1; or the derivative with p_j and the difference rounded to the
/// gradient's format each.
enum class GradientForm { derivative, softmax, unit_mass, rounded_softmax };

/// Where the arithmetic rounds to a narrow format; and whether it is f32 without the maximum
/// subtracted.
struct Arithmetic {
  std::optional<Format> logits = {}, softmax = {}, sum = {};
  std::optional<Format> reduction = {};  // each partial sum of the losses
  std::optional<Format> total = {};      // their sum alone
  bool unshifted = false;
};

/// Returns the target of row i.
using TargetOf = std::function<Target(const Doubt&, std::ptrdiff_t i)>;
/// Fills x, [C], with the logits that are read as those of row i.
using LogitsOf = std::function<void(const Doubt&, std::ptrdiff_t i, std::span<double> x)>;
/// Fills the loss of row i and its error from its logits and coefficients, and, where it is wanted,
/// the gradient in the transformed logits.
using RowLoss = std::function<void(const Doubt&, std::ptrdiff_t i, Row&)>;

struct Formula {
  // The logits; those of -inf stay.
  LogitsOf logits = {};                // absent: those of the row
  std::optional<Input> input = {};     // what they are taken for; absent: what they are
  std::optional<double> clip = {};     // of given probabilities; absent: that of the problem, none
                                       // where the row has a loss of its own
  std::optional<double> softcap = {};  // c tanh(x / c), 0 for none; absent: that of the problem
  std::optional<double> temperature =
      {};  // x / T after that, 1 for none; absent: that of the problem
  Arithmetic arithmetic = {};

  // The coefficients c_j = v w_j (keep q_j + share), v being the weight of the row.
  TargetOf target = {};              // absent: that of the row
  std::optional<double> keep = {};   // absent: 1 - eps
  std::optional<double> share = {};  // absent: eps / C
  Weighing weighing = Weighing::given;
  bool weighs_rows = true;  // false: v is left out

  // The loss of a row.
  RowLoss row_loss = {};                // absent: sum_j c_j (lse - x_j)
  std::optional<bool> divergence = {};  // subtracts the entropy; absent: as the problem does
  std::optional<double> z_loss = {};    // k, which adds k lse^2; absent: that of the problem
  double entropy = 0;                   // subtracts entropy * H(p)
  double factor = 1;                    // of the loss and the gradient
  double lse_factor = 1;                // of the log-sum-exp
  bool exponential = false;             // exp of the loss, reduced where it is

  // The reduction.
  Divisor divisor = Divisor::named;
  std::ptrdiff_t segments = 1;

  // The gradient.
  bool has_grad = true;  // false: the formula does not say what it is
  double grad_factor = 1;
  int grad_scalings = 1;  // how often the reduction's scale is applied
  GradientForm gradient = GradientForm::derivative;
};

/// Returns the target of row i as the problem gives it.
Target given_target(const Doubt& doubt, std::ptrdiff_t i);

/// Computes row i by the formula; the gradient is that of the row's own loss.
void evaluate(const Formula& formula, const Doubt& doubt, std::ptrdiff_t i, Row& row);

}  // namespace xent::explain
