// SPDX-License-Identifier: MIT
// The textbook's bounds, made of the contract of log_sum_exp.

#include "cli/verbs/audit/textbook.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include <xent/implementation.hpp>

namespace xent::cli {
namespace {

const Implementation& log_sum_exp() {
  static const Implementation& found = *find_implementation("log_sum_exp");
  return found;
}

/// The proved bounds of log_sum_exp in the arithmetic of results of that type.
Bounds proved_bounds(DType results) {
  return arithmetic_of(results) == DType::f64 ? log_sum_exp().f64.bounds()
                                              : log_sum_exp().f32.bounds();
}

/// What a temperature and a softcap cost in that arithmetic. Programs take 1 - tanh^2 for the
/// slope, whose error is that of tanh^2.
MappingErrors mapping_of(DType results) {
  MappingErrors errors =
      arithmetic_of(results) == DType::f64 ? log_sum_exp().f64.mapping : log_sum_exp().f32.mapping;
  errors.slope = 16 * errors.unit;
  return errors;
}

/// The condition of the sum of the rows' weights that a mean against labels divides by: 1 where all
/// are of one sign, else how much larger the sum of their magnitudes is. 0 of other reductions.
double condition_of_divisor(const AnyProblem& problem) {
  if (problem.options.reduction != Reduction::mean || problem.weight.data == nullptr) return 0;
  double sum = 0, magnitudes = 0;
  const auto add = [&](const auto& labels) {
    for (std::ptrdiff_t i = 0; i < labels.size; ++i) {
      if (problem.options.ignore_index == labels[i]) continue;
      const double w = problem.weight[static_cast<std::ptrdiff_t>(labels[i])];
      sum += w;
      magnitudes += std::abs(w);
    }
  };
  if (const auto* labels = std::get_if<Labels<std::int64_t>>(&problem.targets)) add(*labels);
  if (const auto* labels = std::get_if<Labels<std::int32_t>>(&problem.targets)) add(*labels);
  return magnitudes == 0 ? 0 : magnitudes / std::abs(sum);
}

/// Bounds of results of one type.
class Textbook {
 public:
  Textbook(const AnyProblem& problem, DType results, SumError sums)
      : sums_(sums), results_(format_of(results)), proved_(proved_bounds(results)) {
    const Format arithmetic = format_of(arithmetic_of(results));
    const auto rows = static_cast<double>(problem.logits.rows());
    unit_ = arithmetic.unit_roundoff() / results_.unit_roundoff();
    rounds_logits_ = format_of(problem.logits.dtype).digits > arithmetic.digits;
    of_rows_ = problem.options.reduction == Reduction::none ? 0 : error_of_sum(rows);
    of_divisor_ = of_rows_ * condition_of_divisor(problem);
  }

  ErrorBound loss(const RowFacts& row) const {
    ErrorBound bound = proved_.loss(facts(row));
    bound.relative += of_rows_ + of_divisor_ + of_z_loss(row);
    bound.absolute += (of_rounded_logits(row) + of_unshifted(row)) * row.target_mass;
    return rounded(bound);
  }
  ErrorBound lse(const RowFacts& row) const {
    ErrorBound bound = proved_.lse(facts(row));
    bound.absolute += of_rounded_logits(row);
    return rounded(bound);
  }
  /// How far the rounded log-sum-exp that a z-loss is made of may err, a number.
  double lse_error(const RowFacts& row) const {
    const ErrorBound bound = lse(row);
    return results_.unit_roundoff() *
           ((2 * bound.ulp + bound.relative) * row.lse_size + bound.absolute);
  }
  ErrorBound grad(const RowFacts& row, const GradFacts& component) const {
    ErrorBound bound = proved_.grad(facts(row), component);
    const double p = component.scale * component.p * row.target_mass;
    bound.relative += of_divisor_ + of_z_loss(row);
    bound.absolute +=
        p * (component.distance + 3 * row.tail + of_rounded_logits(row) + of_unshifted(row));
    return rounded(bound);
  }

 private:
  /// The error of a sum of so many terms, in u.
  double error_of_sum(double terms) const {
    return sums_ == SumError::worst_case ? terms : std::min(terms, 6 * std::sqrt(terms));
  }
  /// The facts of the row with the error of its sums in place of their numbers of terms.
  RowFacts facts(RowFacts row) const {
    row.classes = error_of_sum(row.classes);
    row.targets = error_of_sum(row.targets);
    return row;
  }
  /// The roundings of k lse^2 and of its sum with the loss, or of 2 k lse and of its sum with Q.
  static double of_z_loss(const RowFacts& row) { return row.z_loss == 0 ? 0 : 4; }
  double of_rounded_logits(const RowFacts& row) const {
    return rounds_logits_ ? 2 * row.max_abs : 0;
  }
  /// The error of a log-sum-exp that is one number before a logit is subtracted from it.
  double of_unshifted(const RowFacts& row) const {
    return sums_ == SumError::worst_case ? 3 * (row.max_abs + row.tail) : 0;
  }
  /// The bound in units of the results' type, and the rounding to it where it is narrower.
  ErrorBound rounded(const ErrorBound& bound) const {
    return {.ulp = (unit_ < 1 ? 0.5 : 0) + bound.ulp * unit_,
            .relative = bound.relative * unit_,
            .absolute = bound.absolute * unit_};
  }

  SumError sums_;
  Format results_;
  Bounds proved_;
  double unit_;         // u of the arithmetic over u of the results
  bool rounds_logits_;  // the arithmetic is narrower than the logits
  double of_rows_;      // of the sum of the rows' losses, in u
  double of_divisor_;   // of the sum of the rows' weights, in u
};

}  // namespace

const Domain& textbook_domain(DType results) {
  return arithmetic_of(results) == DType::f64 ? log_sum_exp().f64.domain : log_sum_exp().f32.domain;
}

Bounds textbook_bounds(const AnyProblem& problem, const TextbookUse& use) {
  const Textbook loss(problem, use.loss, use.sums);
  const Textbook grad(problem, use.grad, use.sums);
  const Textbook lse(problem, use.lse, use.sums);
  return {.loss = [loss](const RowFacts& row) { return loss.loss(row); },
          .grad = [grad](const RowFacts& row, const GradFacts& g) { return grad.grad(row, g); },
          .lse = [lse](const RowFacts& row) { return lse.lse(row); },
          .lse_error = [loss](const RowFacts& row) { return loss.lse_error(row); },
          .loss_mapping = mapping_of(use.loss),
          .grad_mapping = mapping_of(use.grad),
          .lse_mapping = mapping_of(use.lse),
          .loss_unit = format_of(use.loss).unit_roundoff(),
          .grad_unit = format_of(use.grad).unit_roundoff(),
          .lse_unit = format_of(use.lse).unit_roundoff()};
}

}  // namespace xent::cli
