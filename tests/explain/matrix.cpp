// SPDX-License-Identifier: MIT
#include "tests/explain/matrix.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cases/random.hpp"
#include "explain/explain.hpp"
#include "explain/fitting/claims.hpp"

namespace xent::tests {
namespace {

using explain::Formula;
using explain::Hypothesis;
using explain::Part;
using explain::Variant;

bool has(const Hypothesis& hypothesis, std::string_view word) {
  return hypothesis.name.find(word) != std::string_view::npos;
}

// A parameter that people might have.
double draw_parameter(const explain::Parameter& parameter, cases::Random& random) {
  const std::string_view symbol = parameter.symbol;
  if (symbol == "T") return random.one_in(2) ? random.uniform(0.3, 0.9) : random.uniform(1.2, 4);
  if (symbol == "c") return random.uniform(1, 6);
  if (symbol == "eps") return random.uniform(0.05, 0.5);
  if (symbol == "gamma") return random.uniform(0.5, 4);
  if (symbol == "clip") return random.uniform(0.003, 0.1);
  if (symbol == "epsilon") return random.uniform(0.001, 0.1);
  return random.uniform(0.01, 0.7) + (parameter.neutral == 1 ? 1 : 0);  // a factor, a coefficient
}

bool is_named(const explain::Finding& finding, const Hypothesis& hypothesis) {
  return finding.name == hypothesis.name;
}

// Whether the results say by themselves what was planted.
bool is_identifiable(const explain::Doubt& doubt, const Hypothesis& hypothesis,
                     const Variant& variant, double parameter) {
  const explain::Given given(doubt, 1);
  if (!given.any_wrong()) return false;
  explain::Trial trial{.attempt = {.hypothesis = &hypothesis,
                                   .variant = variant,
                                   .variants = hypothesis.variants(doubt).size()}};
  if (variant.parameter) trial.fitted = explain::Fitted{.value = parameter};
  Formula formula;
  variant.plant(formula, parameter);
  explain::Candidate candidate(formula, doubt);
  candidate.slack = 2;
  trial.tallies = tally_all(given, candidate);
  return claim_of(given, trial).sure;
}

template <class T>
MatrixRow try_of(const Hypothesis& hypothesis, const Plan& plan) {
  MatrixRow row{.planted = 1};
  Planted<T> planted(plan);
  planted.plant(Formula{});  // so that the doubt has what the plan has
  const std::vector<Variant> variants = hypothesis.variants(planted.doubt());
  if (variants.empty()) return row;
  cases::Random random(plan.recipe.seed, 17);
  const Variant& variant = variants[static_cast<std::size_t>(random.below(std::ssize(variants)))];
  const double parameter = variant.parameter ? draw_parameter(*variant.parameter, random) : 0;
  Formula formula;
  variant.plant(formula, parameter);
  planted.plant(formula);
  const explain::Doubt doubt = planted.doubt();
  if (!is_identifiable(doubt, hypothesis, variant, parameter)) return row;
  row.identifiable = 1;
  const auto found = explain::explain(doubt).findings;
  const auto it = std::ranges::find_if(
      found, [&](const explain::Finding& one) { return is_named(one, hypothesis); });
  if (it == found.end()) {
    ++row.else_named[found.empty() ? "" : found[0].name];
    return row;
  }
  if (variant.parameter && it->parameter &&
      std::abs(*it->parameter - parameter) > 0.01 * std::abs(parameter))
    row.wrong_parameter = 1;
  if (it->certainty == explain::Certainty::possible) row.possible = 1;
  if (it->certainty == explain::Certainty::explained) row.alone = 1;
  if (it->certainty != explain::Certainty::tie) return row;
  row.tied = 1;
  for (const explain::Finding& one : found)
    if (one.name != hypothesis.name) ++row.ties[one.name];
  return row;
}

}  // namespace

void MatrixRow::add(const MatrixRow& other) {
  planted += other.planted;
  identifiable += other.identifiable;
  alone += other.alone;
  tied += other.tied;
  possible += other.possible;
  wrong_parameter += other.wrong_parameter;
  for (const auto& [name, count] : other.ties) ties[name] += count;
  for (const auto& [name, count] : other.else_named) else_named[name] += count;
}

Plan plan_for(const Hypothesis& hypothesis, DType dtype, std::uint64_t seed,
              const std::string& data_set) {
  cases::Random random(seed, 5);
  Plan plan;
  cases::Recipe& recipe = plan.recipe;
  recipe.dtype = dtype;
  recipe.seed = seed;
  recipe.rows = 4 * (3 + random.below(10));
  recipe.classes = 3 + random.below(38);
  recipe.scale = random.uniform(1, 4);
  if (!data_set.empty()) {
    const cases::Family& family = *cases::find_family(data_set);
    recipe.family = data_set;
    recipe.classes = family.classes;
    recipe.rows = std::min<std::ptrdiff_t>(family.rows, family.classes > 10000 ? 16 : 128);
  }
  recipe.reduction = hypothesis.part == Part::row ? Reduction::none : Reduction::mean;
  if (hypothesis.name == "reduction_mean") recipe.reduction = Reduction::sum;
  const bool means = hypothesis.name == "mean_of_means" || hypothesis.name == "divisor_kept";
  recipe.weighted = has(hypothesis, "weight") || means || hypothesis.name == "gradient_by_rows";
  recipe.ignoring = has(hypothesis, "ignored") || hypothesis.name == "divisor_rows" ||
                    hypothesis.name == "divisor_kept";
  if (has(hypothesis, "smoothing") || has(hypothesis, "of_label") || has(hypothesis, "kl_"))
    recipe.smoothing = 0.1;
  if (has(hypothesis, "unit_mass") || (has(hypothesis, "kl_") && random.one_in(2))) {
    recipe.targets = cases::TargetKind::probs;
    recipe.smoothing = 0;
  }
  if (hypothesis.name == "divisor_weights") recipe.targets = cases::TargetKind::one_hot;
  if (hypothesis.name == "unshifted") recipe.scale = 40;
  if (hypothesis.name == "clipped_probability" || hypothesis.name == "log_plus_epsilon")
    recipe.scale = 10;
  if (hypothesis.part == Part::row && random.one_in(3)) recipe.reduction = Reduction::mean;
  if (random.one_in(2) || has(hypothesis, "batch") || has(hypothesis, "transposed"))
    plan.row_shape = {recipe.rows / 4, 4};
  plan.with_grad = random.one_in(2) || hypothesis.part != Part::row;
  plan.with_lse = random.one_in(4);
  return plan;
}

MatrixRow try_plan(const Hypothesis& hypothesis, const Plan& plan) {
  switch (plan.recipe.dtype) {
    case DType::f64: return try_of<double>(hypothesis, plan);
    case DType::bf16: return try_of<bf16>(hypothesis, plan);
    default: return try_of<float>(hypothesis, plan);
  }
}

std::string to_text(const std::string& name, const MatrixRow& row) {
  std::string text =
      fmt::format("{:24} {:4} {:4} {:4} {:4} {:4} {:4} ", name, row.planted, row.identifiable,
                  row.alone, row.tied, row.possible, row.wrong_parameter);
  for (const auto& [other, count] : row.ties) text += fmt::format(" ={} {}", other, count);
  for (const auto& [other, count] : row.else_named)
    text += fmt::format(" !{} {}", other.empty() ? "nobody" : other, count);
  return text;
}

}  // namespace xent::tests
