// SPDX-License-Identifier: MIT
// Bounds say how far the results of a row may err, by facts about the row.
//
// More than 150 lines: one class, which says for each option what it adds to the bounds without.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include <xent/facts.hpp>

namespace xent {

/// The bounds that results are judged by, those of a contract or others; each is absent where it is
/// empty. They are for problems without a z-loss, a temperature and a softcap: what a z-loss adds
/// to them follows from lse_error, what the others add from the mapping errors
/// (docs/error_bounds.md, lemmas 81 and 84). The judges, which are the reference and the laws, ask
/// the functions below, so that both mean the same by a bound.
struct Bounds {
  std::function<ErrorBound(const RowFacts&)> loss = {};
  std::function<ErrorBound(const RowFacts&, const GradFacts&)> grad = {};
  std::function<ErrorBound(const RowFacts&)> lse = {};
  /// Returns how far the log-sum-exp that a z-loss is made of may err, a number; needed where there
  /// is a z-loss.
  std::function<double(const RowFacts&)> lse_error = {};
  /// Gives the errors of the arithmetic of each result; needed where a temperature or a softcap is.
  MappingErrors loss_mapping = {};
  MappingErrors grad_mapping = {};
  MappingErrors lse_mapping = {};
  /// The unit roundoff of the wider arithmetic that takes log-probabilities and probabilities that
  /// are given, and divergences, whose bounds are those of lemmas 85 and 86; 0 where they are those
  /// of `loss` and `grad`.
  double wide_unit = 0;
  double loss_unit = 1;  // u of the type of each result
  double grad_unit = 1;
  double lse_unit = 1;

  /// These return the bound of the loss of a row, of a component of the gradient of the loss times
  /// `scale`, and of the log-sum-exp, where there is one.
  ErrorBound of_loss(const RowFacts& row) const {
    if (row.given && !row.divergence && wide_unit > 0) return of_given(loss_unit);
    ErrorBound bound = row.divergence ? of_divergence(row) : loss(row);
    if (row.mapped && !row.divergence) map_loss(bound, row, loss_mapping);
    if (row.z_loss != 0) {
      const double e = lse_error(row) + moved_lse(loss_mapping, row);
      bound.relative += 0x1p-7;  // the roundings of the square and of its sum with the loss
      bound.absolute += saturated(row.z_loss * (2 * row.lse_size + e) * e / loss_unit);
    }
    bound.absolute = product(bound.absolute, row.row_weight);
    return bound;
  }
  ErrorBound of_grad(RowFacts row, GradFacts component, double scale) const {
    if (row.given && wide_unit > 0) return of_given(grad_unit);
    component.scale =
        scale * row.row_weight * row.per_temperature * component.root * component.root;
    if (row.z_loss != 0) {
      const double z = 2 * row.z_loss * row.lse_size;
      row.target_mass = saturated(row.target_mass + z);
      row.targets += 2;
      component.others = saturated(component.others + z);
    }
    ErrorBound bound = row.mapped ? mapped_grad(row, component, scale) : grad(row, component);
    if (row.z_loss == 0) return bound;
    bound.relative += 0x1p-7;
    const double e = lse_error(row) + moved_lse(grad_mapping, row);
    bound.absolute += component.scale * component.p * saturated(2 * row.z_loss * e / grad_unit);
    return bound;
  }
  ErrorBound of_lse(const RowFacts& row) const {
    ErrorBound bound = lse(row);
    if (!row.mapped) return bound;
    bound.relative += bound.ulp;
    bound.absolute += moved_lse(lse_mapping, row) / lse_unit;
    return bound;
  }

 private:
  /// Returns the bound of a result of given log-probabilities: one rounding to the result's type,
  /// and 10 of the arithmetic: 4 of a coefficient, 2 of the logarithm, the others of products, the
  /// slope, the scale and the sum.
  ErrorBound of_given(double unit) const { return {.ulp = 0.5, .relative = 10 * wide_unit / unit}; }

  /// Returns the bound of a divergence: that of the cross-entropy and of the entropy before they
  /// are subtracted, relative to the sum of both, and one rounding to the result's type.
  ErrorBound of_divergence(const RowFacts& row) const {
    const bool is_wide = wide_unit > 0;
    ErrorBound bound = is_wide ? ErrorBound{} : loss(row);
    if (is_wide) bound.relative = (24 + 2 * std::log2(1 + row.classes)) * wide_unit / loss_unit;
    const MappingErrors wide = {.unit = wide_unit, .least = 0x1p-1074};
    if (row.mapped) map_loss(bound, row, is_wide ? wide : loss_mapping);
    const double terms = saturated(row.gap + product(row.target_mass, row.tail) + row.entropy);
    const double roundings = is_wide ? bound.relative : bound.relative + 2 * bound.ulp + 4;
    bound.absolute = saturated(bound.absolute + product(roundings, terms));
    if (is_wide && row.smoothed) bound.absolute += 8 * wide_unit * row.target_mass / loss_unit;
    bound.relative = 0x1p-7;
    bound.ulp = is_wide ? 0.5 : bound.ulp;
    return bound;
  }

  /// The slack for products of errors in what mapping adds.
  static constexpr double slack = 1.05;

  /// Returns |m|, m being the largest mapped logit.
  static double size_of_maximum(const RowFacts& row) {
    return std::max(row.lse_size - row.tail, 0.0);
  }
  /// Returns how far the largest mapped logit may err.
  static double moved_maximum(const MappingErrors& errors, const RowFacts& row) {
    return errors.relative(row) * size_of_maximum(row) + errors.floor();
  }
  /// Returns how far the log-sum-exp moves where each z_j moves by e |z_j| <= e (|m| + d_j): by e
  /// (|m| + W); 0 where the logits are not mapped.
  static double moved_lse(const MappingErrors& errors, const RowFacts& row) {
    if (!row.mapped) return 0;
    return slack * (moved_maximum(errors, row) + errors.relative(row) * row.spread);
  }

  /// Returns the factor, less 1, by which errors e of two logits may change a quotient of their
  /// exponentials, exp(2 e) - 1; infinity where that is above 1/4, and says nothing.
  static double softmax_error(double e) {
    const double error = std::expm1(2 * e);
    return error <= 0.25 ? error : std::numeric_limits<double>::infinity();
  }

  /// Adds to the bound of a loss what errors of the logits cost: 2 e |m| + e d_j for each |c_j| d_j
  /// with d_j > 0, and as much on the mean of the softmax for the logarithm of the sum, but of e
  /// |m| no more than its share. An ulp of a size that crosses a power of two doubles.
  void map_loss(ErrorBound& bound, const RowFacts& row, const MappingErrors& errors) const {
    const double e = errors.relative(row);
    const double common = moved_maximum(errors, row);
    const double share = softmax_error(common);
    const bool moves = row.capped || row.gap > 0;
    const double factor = (slack + loss_unit * bound.relative) / loss_unit;
    const double of_maximum = 2 * common * ((moves ? 1 : 0) + (std::isfinite(share) ? 0 : 1));
    bound.relative += bound.ulp + (std::isfinite(share) ? slack * share / loss_unit : 0);
    bound.absolute +=
        factor * (product(of_maximum + e * row.spread, row.target_mass) + e * row.gap);
  }

  /// Returns the bound of a component of the gradient by mapped logits. The rounding before the
  /// slope multiplies may be in a last place twice as large, beside the component.
  ErrorBound mapped_grad(const RowFacts& row, GradFacts& component, double scale) const {
    const double e = grad_mapping.relative(row);
    const double common = moved_maximum(grad_mapping, row);
    // A class so far away that e d_j > 1/8 has a softmax below every number, computed or exact.
    const double share =
        softmax_error(common + e * row.spread + std::min(e * component.distance, 0.125) / 2);
    component.distance = saturated((1 + e) * component.distance + saturated(2 * common));
    component.q = saturated(component.q);
    component.p = std::isfinite(share) ? std::min(component.p * (1 + share), 1.0) : 1;
    ErrorBound bound = grad(row, component);
    bound.relative = slack * bound.relative + bound.ulp;
    double terms = component.p * component.others * grad_mapping.others;
    if (std::isfinite(share)) {
      bound.relative += slack * share / grad_unit;
      terms += 2 * slack * e * row.spread * component.q;
    } else {
      terms += component.others + component.q;
    }
    bound.absolute += product(component.scale, saturated(terms)) / grad_unit;
    if (!row.capped) return bound;
    bound.ulp *= 2;
    bound.relative += slack * grad_mapping.of_slope(component) / grad_unit;
    const double flat = scale * row.row_weight * row.per_temperature * grad_mapping.slope;
    bound.absolute += (product(flat, saturated(component.p * component.others + component.q)) +
                       4 * grad_mapping.least) /
                      grad_unit;
    return bound;
  }

  /// Returns a b, 0 where one of them is 0.
  static double product(double a, double b) { return a == 0 || b == 0 ? 0 : a * b; }
  /// Returns the number, but the largest double for infinity, of which 0 times would be NaN.
  static double saturated(double number) {
    return std::min(number, std::numeric_limits<double>::max());
  }
};

}  // namespace xent
