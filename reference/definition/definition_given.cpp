// SPDX-License-Identifier: MIT
// Computes a row of given log-probabilities or probabilities in the ball arithmetic of Arb.
#include "reference/definition/definition_given.hpp"

#include <cmath>
#include <limits>

#include "reference/definition/definition_ends.hpp"
#include "reference/numbers/arb_real.hpp"

namespace xent::reference {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A value of Arb, or a special one where that is not 0.
struct Value {
  Real ball;
  double special = 0;
};

/// How a probability is clipped: from below, from above or not at all.
enum class Clipped { below, above, no };

Clipped clipped(const Options& options, double x) {
  if (options.clip == 0) return Clipped::no;
  if (x < options.clip) return Clipped::below;
  Real distance(1);  // 1 - E - x
  arb_sub(distance.get(), distance.get(), Real(options.clip).get(), ARF_PREC_EXACT);
  if (!std::isfinite(x)) return x > 0 ? Clipped::above : Clipped::no;
  arb_sub(distance.get(), distance.get(), Real(x).get(), ARF_PREC_EXACT);
  return arb_is_negative(distance.get()) != 0 ? Clipped::above : Clipped::no;
}

Value log_prob_of(const Options& options, double x, long bits) {
  if (options.input == Input::log_probs) {
    if (std::isfinite(x)) return {Real(x)};
    return {Real(), x};
  }
  const Clipped how = clipped(options, x);
  if (how == Clipped::no && !(x > 0 && x < infinity))
    return {Real(), x == 0 ? -infinity : x > 0 ? infinity : not_a_number};
  Real prob(how == Clipped::below ? options.clip : how == Clipped::no ? x : 1);
  if (how == Clipped::above)
    arb_sub(prob.get(), prob.get(), Real(options.clip).get(), ARF_PREC_EXACT);
  arb_log(prob.get(), prob.get(), bits);
  return {prob};
}

Value slope_of(const Options& options, double x, long bits) {
  if (std::isnan(x)) return {Real(), x};
  if (options.input == Input::log_probs) return {Real(1)};
  if (clipped(options, x) != Clipped::no || x == infinity) return {Real(0)};
  if (!(x > 0)) return {Real(), x == 0 ? infinity : not_a_number};
  Real slope(1);
  arb_div(slope.get(), slope.get(), Real(x).get(), bits);
  return {slope};
}

/// Returns v number, 0 where v is 0 and the number is not NaN.
double weighted(const RowProblem& row, double number) {
  return row.row_weight == 0 && !std::isnan(number) ? 0 : row.row_weight * number;
}

/// Returns the results against a label for a w_y v that is NaN or infinite: those for 1 times it.
DefinedRow scaled_row(const RowProblem& row, long bits) {
  const double w = row.w(row.label) * row.row_weight;
  const double x = row.x(row.label);
  const Value z = log_prob_of(row.options, x, bits);
  const Value slope = slope_of(row.options, x, bits);
  const auto sign_of = [](const Value& value) {
    if (value.special != 0) return value.special;
    return arb_is_zero(value.ball.get()) != 0       ? 0.0
           : arb_is_positive(value.ball.get()) != 0 ? 1
                                                    : -1;
  };
  DefinedRow result = row_of_special(row, 0);
  result.loss.special = -w * sign_of(z);
  result.gradient[static_cast<std::size_t>(row.label)].special = -w * sign_of(slope);
  return result;
}

}  // namespace

DefinedRow defined_given_row(const RowProblem& row, long bits) {
  if (row.ignored) return row_of_special(row, 0);
  const bool of_label = row.label >= 0 && row.options.label_smoothing == 0;
  const bool finite_v = std::isfinite(row.row_weight);
  if (of_label && !(finite_v && std::isfinite(row.w(row.label)))) return scaled_row(row, bits);
  if (!finite_v || !has_finite_coefficients(row)) return row_of_special(row, not_a_number);
  DefinedRow result = row_of_special(row, 0);
  Real loss;
  for (std::ptrdiff_t j = 0; j < row.classes(); ++j) {
    const Real c = exact_coefficient(row, j);
    if (arb_is_zero(c.get()) != 0) continue;
    const double sign = arb_is_positive(c.get()) != 0 ? 1 : -1;
    const Value z = log_prob_of(row.options, row.x(j), bits);
    const Value slope = slope_of(row.options, row.x(j), bits);
    result.loss.special -= sign * z.special;
    if (row.options.kl_divergence && sign < 0) result.loss.special = not_a_number;
    if (row.options.kl_divergence && sign > 0)
      arb_add(loss.get(), loss.get(), entropy_term(row, c, bits).get(), bits);
    if (z.special == 0) arb_submul(loss.get(), c.get(), z.ball.get(), bits);
    Ends& g = result.gradient[static_cast<std::size_t>(j)];
    Real product;
    arb_submul(product.get(), c.get(), slope.ball.get(), bits);
    if (slope.special != 0)
      g.special = weighted(row, -sign * slope.special);
    else
      g = ends_of(row, product, bits, result.known_bits);
  }
  if (result.loss.special != 0)
    result.loss.special = weighted(row, result.loss.special);
  else
    result.loss = ends_of(row, loss, bits, result.known_bits);
  return result;
}

}  // namespace xent::reference
